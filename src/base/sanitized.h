/* base/sanitized.h — SANITIZED: 1 in a build under AddressSanitizer, by gcc or clang, else 0. It reserves terabytes that it never touches, so
 * a ceiling of memory steps aside; and it sees what an arena hides. */
#pragma once

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif
