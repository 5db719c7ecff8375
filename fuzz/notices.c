/* The words of messages: a town's notices.yaml, and any text with placeholders. */
#include "base/buf.h"
#include "fuzz.h"
#include "town/notices.h"

/* Its pieces are the text again, and none is empty. */
static void pieces(struct str text)
{
        struct str rest = text, piece;
        size_t n = 0;
        int slot;
        while (notice_piece(&rest, &piece, &slot)) {
                MUST(piece.n > 0 && piece.p == text.p + n && slot >= -1 && slot < SLOTS);
                n += piece.n;
        }
        MUST(n == text.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        ARENA_AUTO a = { 0 };
        struct findings f = { .arena = &a };
        struct notice_texts texts;
        struct quiet_hours q;
        pieces(fuzz_bytes(data, n));
        if (quiet_hours_parse(fuzz_bytes(data, n), &q) == OK)
                MUST(q.from >= 0 && q.from <= 24 * 60 && q.to >= 0 && q.to <= 24 * 60);
        notices_read(&a, fuzz_bytes(data, n), &f, &texts);
        for (int kind = 0; kind < NOTICE_KINDS; kind++)
                for (int part = 0; part < NOTICE_PARTS; part++)
                        for (int lang = 0; lang < LANGS; lang++) {
                                struct str s = texts.kind[kind].part[part][lang], rest = s, piece;
                                int slot;
                                MUST(s.n > 0 && utf8_valid(s) && !utf8_has_control(s));
                                while (notice_piece(&rest, &piece, &slot))
                                        MUST(slot < 0 || (notice_slots((enum notice_kind)kind) >> slot & 1));
                        }
        return 0;
}
