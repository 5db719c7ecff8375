/* people/inner/page.h — how many rows one answer holds. */
#pragma once
#define PAGE_MAX 200
static inline int page_of(int max)
{
        if (max < 1)
                return 1;
        return max > PAGE_MAX ? PAGE_MAX : max;
}
