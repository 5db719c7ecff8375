/* Through the real helper, in its cage. The samples under t/media are invented: a gradient, a tone of 1.5 seconds. */
#include "media/inner/protocol.h"
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/test.h"

static int scratch(void)
{
        int fd = memfd_create("test", MFD_CLOEXEC);
        CHECK(fd >= 0);
        return fd;
}

static const char *sample(const char *name)
{
        static char path[4096];
        snprintf(path, sizeof path, "%s/t/media/%s", getenv("LINLI_SOURCE"), name);
        return path;
}

struct outcome { int rc; struct media_made made; struct err err; struct buf out, thumb; };

static void read_back(int fd, struct buf *to)
{
        char path[64];
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        *to = BUF(32u << 20);
        CHECK_EQ(buf_read_file(to, path), OK);
        close(fd);
}

static void make(struct media *m, enum media_kind kind, int in, struct outcome *ret)
{
        int out = scratch(), thumb = scratch();
        *ret = (struct outcome){ 0 };
        ret->rc = media_make(m, kind, in, out, thumb, &ret->made, &ret->err);
        close(in);
        read_back(out, &ret->out);
        read_back(thumb, &ret->thumb);
}

static void outcome_free(struct outcome *o)
{
        buf_free(&o->out);
        buf_free(&o->thumb);
}

static void make_sample(struct media *m, enum media_kind kind, const char *name, struct outcome *ret)
{
        int in = open(sample(name), O_RDONLY | O_CLOEXEC);
        CHECK(in >= 0);
        make(m, kind, in, ret);
}

static void make_bytes(struct media *m, enum media_kind kind, const void *p, size_t n, struct outcome *ret)
{
        int in = scratch();
        CHECK_EQ(write(in, p, n), (ssize_t)n);
        make(m, kind, in, ret);
}

static bool says(const struct buf *b, const char *words)
{
        return str_find(buf_view(b), str_of(words)) >= 0;
}

static void no_trace(const struct buf *b)
{
        static const char *const traces[] = { "Exif", "GPS", "http://ns.adobe.com", "Invented", "must go", "must-go", "39.8986", "ID3", "TAG", "Lavf", "Lavc", "ICC_PROFILE" };
        for (size_t i = 0; i < COUNT(traces); i++)
                if (says(b, traces[i]))
                        fail_msg("\"%s\" is still in it", traces[i]);
}

/* The sample on its side says in its EXIF where it was taken; upright it is as high as the sample is wide. */
TEST(a_photo_is_turned_upright_and_tells_nothing_of_where_it_was_taken)
{
        struct media *m = media_new(NULL);
        struct outcome o;
        BUF_AUTO before = BUF(1u << 20);
        CHECK_EQ(buf_read_file(&before, sample("photo.jpg")), OK);
        CHECK(says(&before, "Exif") && says(&before, "InventedPhone") && says(&before, "Invented Person") && says(&before, "must go"));
        make_sample(m, MEDIA_PHOTO, "photo.jpg", &o);
        CHECK_EQ(o.rc, OK);
        CHECK_EQ(o.made.type, MEDIA_JPEG);
        CHECK_EQ(o.made.width, 400);
        CHECK_EQ(o.made.height, 640);
        CHECK_EQ((int64_t)o.out.n, o.made.bytes);
        CHECK_EQ((int64_t)o.thumb.n, o.made.thumb_bytes);
        CHECK(o.thumb.n < o.out.n && memcmp(o.out.p, "\xff\xd8\xff", 3) == 0 && memcmp(o.thumb.p, "\xff\xd8\xff", 3) == 0);
        no_trace(&o.out);
        no_trace(&o.thumb);
        outcome_free(&o);
        media_end(m);
}

TEST(every_format_that_is_promised_is_taken)
{
        static const struct { const char *name; enum media_kind kind; } row[] = {
                { "photo.png", MEDIA_PHOTO }, { "photo.webp", MEDIA_PHOTO }, { "photo.heic", MEDIA_PHOTO }, { "photo.avif", MEDIA_PHOTO },
                { "voice.amr", MEDIA_VOICE }, { "voice.3gp", MEDIA_VOICE },  { "voice.m4a", MEDIA_VOICE },  { "voice.aac", MEDIA_VOICE },
                { "voice.mp3", MEDIA_VOICE }, { "voice.ogg", MEDIA_VOICE },  { "voice.webm", MEDIA_VOICE }, { "voice.wav", MEDIA_VOICE },
                { "voice.flac", MEDIA_VOICE },
        };
        struct media *m = media_new(NULL);
        for (size_t i = 0; i < COUNT(row); i++) {
                struct outcome o;
                make_sample(m, row[i].kind, row[i].name, &o);
                if (o.rc != OK)
                        fail_msg("%s: %s", row[i].name, err_text(&o.err, LANG_EN));
                no_trace(&o.out);
                if (row[i].kind == MEDIA_PHOTO && (o.made.width != 640 || o.made.height != 400))
                        fail_msg("%s: %d x %d", row[i].name, (int)o.made.width, (int)o.made.height);
                if (row[i].kind == MEDIA_VOICE && (o.made.ms < 1400 || o.made.ms > 1700 || o.made.type != MEDIA_MP3))
                        fail_msg("%s: %d ms", row[i].name, (int)o.made.ms);
                outcome_free(&o);
        }
        media_end(m);
}

TEST(what_is_no_such_thing_is_refused)
{
        static const struct { const char *name; enum media_kind kind; int rc; } row[] = {
                { "voice.mp3", MEDIA_PHOTO, ERR_TYPE }, { "photo.jpg", MEDIA_VOICE, ERR_TYPE }, { "photo.jpg", MEDIA_PAPER, ERR_TYPE },
                { "film.mp4", MEDIA_VOICE, ERR_TYPE },  { "film.mp4", MEDIA_PHOTO, ERR_TYPE },
        };
        static const char *const text[] = { "<svg xmlns='http://www.w3.org/2000/svg'/>", "#!/bin/sh\nid\n", "<html><script>alert(1)</script>", "\xff\xd8\xff", "RIFF", "" };
        struct media *m = media_new(NULL);
        struct outcome o;
        for (size_t i = 0; i < COUNT(row); i++) {
                make_sample(m, row[i].kind, row[i].name, &o);
                if (o.rc != row[i].rc)
                        fail_msg("%s as %s: %s", row[i].name, media_kind_names[row[i].kind], err_text(&o.err, LANG_EN));
                CHECK_STR(str_of(o.err.field), "file");
                CHECK(o.err.zh[0] && o.err.en[0]);
                outcome_free(&o);
        }
        for (size_t i = 0; i < COUNT(text); i++) {
                for (enum media_kind k = 0; k < MEDIA_KINDS; k++) {
                        make_bytes(m, k, text[i], strlen(text[i]), &o);
                        if (o.rc != ERR_TYPE && o.rc != ERR_BAD)
                                fail_msg("%s as %s: %d", text[i], media_kind_names[k], o.rc);
                        outcome_free(&o);
                }
        }
        media_end(m);
}

TEST(a_photo_cut_off_is_damaged)
{
        struct media *m = media_new(NULL);
        struct outcome o;
        BUF_AUTO all = BUF(1u << 20);
        CHECK_EQ(buf_read_file(&all, sample("photo.png")), OK);
        make_bytes(m, MEDIA_PHOTO, all.p, all.n / 2, &o);
        CHECK_EQ(o.rc, ERR_BAD);
        outcome_free(&o);
        media_end(m);
}

/* 30,000 x 30,000 pixels announced in a few bytes: told from the header, nothing is unpacked. */
TEST(a_picture_that_would_unpack_to_gigabytes_is_refused)
{
        static const unsigned char bomb[] = { 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 1, 0, 0, 0, 0,
                                              0xaf, 0xd4, 0x26, 0x21, 0, 0, 0, 12, 'I', 'D', 'A', 'T', 0x78, 0x9c, 0xed, 0xc1, 1, 1, 0, 0, 0, 0x80, 0x90 };
        struct media *m = media_new(NULL);
        struct outcome o;
        make_bytes(m, MEDIA_PHOTO, bomb, sizeof bomb, &o);
        CHECK(o.rc == ERR_TOO_BIG || o.rc == ERR_BAD);
        outcome_free(&o);
        media_end(m);
}

static void put32(unsigned char *p, uint32_t v)
{
        for (int i = 0; i < 4; i++)
                p[i] = (unsigned char)(v >> 8 * i);
}

TEST(a_recording_past_three_minutes_is_refused_and_a_tone_of_three_is_not)
{
        struct media *m = media_new(NULL);
        for (uint32_t seconds = 179; seconds <= 182; seconds += 3) {
                struct outcome o;
                uint32_t n = seconds * 8000;
                ARENA_AUTO a = { 0 };
                unsigned char *wav = arena_alloc(&a, n + 44);
                memcpy(wav, "RIFF....WAVEfmt ", 16);
                put32(wav + 4, n + 36);
                put32(wav + 16, 16);
                put32(wav + 20, 0x00010001); /* PCM, one channel */
                put32(wav + 24, 8000);
                put32(wav + 28, 8000);
                put32(wav + 32, 0x00080001); /* 8 bits */
                memcpy(wav + 36, "data", 4);
                put32(wav + 40, n);
                memset(wav + 44, 128, n);
                make_bytes(m, MEDIA_VOICE, wav, n + 44, &o);
                CHECK_EQ(o.rc, seconds < 180 ? OK : ERR_TOO_BIG);
                outcome_free(&o);
        }
        media_end(m);
}

TEST(a_paper_stays_as_it_is)
{
        static const char pdf[] = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
        struct media *m = media_new(NULL);
        struct outcome o;
        make_bytes(m, MEDIA_PAPER, pdf, sizeof pdf - 1, &o);
        CHECK_EQ(o.rc, OK);
        CHECK_EQ(o.made.type, MEDIA_PDF);
        CHECK_STR(buf_view(&o.out), pdf);
        outcome_free(&o);
        media_end(m);
}

TEST(a_helper_that_was_killed_is_started_again)
{
        struct media *m = media_new(NULL);
        struct outcome o;
        CHECK_EQ(media_start(m, NULL), OK);
        make_sample(m, MEDIA_PHOTO, "photo.png", &o);
        CHECK_EQ(o.rc, OK);
        outcome_free(&o);
        FILE *f = popen("pgrep -P $PPID linli-media", "r"); /* a test may */
        int pid = 0;
        CHECK(f && fscanf(f, "%d", &pid) == 1);
        pclose(f);
        kill(pid, SIGKILL); /* and asked at once, while it is dying */
        make_sample(m, MEDIA_PHOTO, "photo.png", &o);
        CHECK_EQ(o.rc, OK);
        outcome_free(&o);
        media_end(m);
}

TEST(without_the_program_nothing_is_taken)
{
        struct media *m = media_new("/nowhere/linli-media");
        struct outcome o;
        make_sample(m, MEDIA_PHOTO, "photo.png", &o);
        CHECK_EQ(o.rc, ERR_BUSY);
        CHECK_STR(str_of(o.err.field), "file");
        outcome_free(&o);
        media_end(m);
}

TEST(an_answer_out_of_its_ranges_is_no_answer)
{
        struct media_answer good = { .magic = MEDIA_MAGIC, .verdict = MEDIA_DONE, .type = MEDIA_JPEG, .width = 10, .height = 10, .bytes = 100, .thumb_bytes = 50 }, a, back;
        CHECK(media_answer_sound(&good, sizeof good, MEDIA_PHOTO, &back));
        CHECK(!media_answer_sound(&good, sizeof good - 1, MEDIA_PHOTO, &back));
        CHECK(!media_answer_sound(&good, sizeof good, MEDIA_VOICE, &back));
        CHECK(!media_answer_sound((a = good, a.width = -1, &a), sizeof a, MEDIA_PHOTO, &back));
        CHECK(!media_answer_sound((a = good, a.height = MEDIA_SIDE_MAX + 1, &a), sizeof a, MEDIA_PHOTO, &back));
        CHECK(!media_answer_sound((a = good, a.bytes = INT64_MAX, &a), sizeof a, MEDIA_PHOTO, &back));
        CHECK(!media_answer_sound((a = good, a.type = MEDIA_TYPES, &a), sizeof a, MEDIA_PHOTO, &back));
        CHECK(!media_answer_sound((a = good, a.verdict = MEDIA_VERDICTS, &a), sizeof a, MEDIA_PHOTO, &back));
        CHECK(!media_answer_sound((a = good, a.magic++, &a), sizeof a, MEDIA_PHOTO, &back));
}
