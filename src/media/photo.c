/* A photo: decoded, turned upright, written anew. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vips/vips.h>
#include <vips/vector.h>
#include "media/inner/keeper.h"

#define QUALITY 82
#define THUMB_QUALITY 70

static const char *const kinds[] = { "image/jpeg", "image/png", "image/webp", "image/heic", "image/heif", "image/avif" };

/* Only the loaders of the formats above; none of the many others that the library knows can be reached. */
static const char *const loaders[] = { "VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadHeif" };

/* A file must not be able to fill our log. */
static void say_nothing(const gchar *domain, GLogLevelFlags level, const gchar *words, gpointer arg)
{
        (void)domain, (void)level, (void)words, (void)arg;
}

bool photo_begin(void)
{
        g_log_set_default_handler(say_nothing, NULL);
        if (vips_init("linli-media") != 0)
                return false;
        vips_concurrency_set(1);
        vips_cache_set_max(0);
        vips_vector_set_enabled(FALSE); /* it would write programs into memory, which the cage forbids */
        vips_operation_block_set("VipsForeignLoad", TRUE);
        for (size_t i = 0; i < COUNT(loaders); i++)
                vips_operation_block_set(loaders[i], FALSE);
        return true;
}

static bool is_photo(int in)
{
        static char buf[KIND_BYTES];
        ssize_t n = pread(in, buf, sizeof buf, 0);
        const char *kind = n > 0 ? kind_of(buf, (size_t)n) : NULL;
        for (size_t i = 0; kind && i < COUNT(kinds); i++)
                if (strcmp(kind, kinds[i]) == 0)
                        return true;
        return false;
}

/* From the header alone, before any pixel is unpacked. */
static enum media_verdict size_fits(VipsSource *source)
{
        VipsImage *head = vips_image_new_from_source(source, "", "access", VIPS_ACCESS_SEQUENTIAL, NULL);
        if (!head)
                return MEDIA_DAMAGED;
        int64_t pixels = (int64_t)vips_image_get_width(head) * vips_image_get_height(head);
        g_object_unref(head);
        return pixels > MEDIA_PIXELS_MAX ? MEDIA_PIXELS : MEDIA_DONE;
}

static VipsImage *upright(VipsSource *source)
{
        VipsImage *lazy = NULL, *flat = NULL, *made = NULL;
        if (vips_source_rewind(source) != 0 ||
            vips_thumbnail_source(source, &lazy, MEDIA_SIDE_MAX, "height", MEDIA_SIDE_MAX, "size", VIPS_SIZE_DOWN, "export_profile", "srgb", "option_string",
                                  "[fail_on=error]", NULL) != 0)
                return NULL;
        if (!vips_image_hasalpha(lazy)) {
                flat = lazy;
        } else {
                VipsArrayDouble *white = vips_array_double_newv(1, 255.0);
                int rc = vips_flatten(lazy, &flat, "background", white, NULL);
                vips_area_unref(VIPS_AREA(white));
                g_object_unref(lazy);
                if (rc != 0)
                        return NULL;
        }
        made = vips_image_copy_memory(flat);
        g_object_unref(flat);
        return made;
}

static bool save(VipsImage *image, int fd, int quality, int64_t *ret_bytes)
{
        struct stat st;
        VipsTarget *target = vips_target_new_to_descriptor(fd);
        bool good = target && vips_jpegsave_target(image, target, "Q", quality, "strip", TRUE, "optimize_coding", TRUE, NULL) == 0;
        if (target)
                g_object_unref(target);
        if (good && fstat(fd, &st) == 0)
                *ret_bytes = st.st_size;
        return good;
}

static bool save_both(VipsImage *image, int out, int thumb, struct media_answer *ret)
{
        VipsImage *small = NULL;
        if (!save(image, out, QUALITY, &ret->bytes) ||
            vips_thumbnail_image(image, &small, MEDIA_THUMB_SIDE, "height", MEDIA_THUMB_SIDE, "size", VIPS_SIZE_DOWN, NULL) != 0)
                return false;
        bool good = save(small, thumb, THUMB_QUALITY, &ret->thumb_bytes);
        g_object_unref(small);
        return good;
}

enum media_verdict photo_make(int in, int out, int thumb, struct media_answer *ret)
{
        if (!is_photo(in))
                return MEDIA_OTHER;
        VipsSource *source = vips_source_new_from_descriptor(in);
        enum media_verdict v = source ? size_fits(source) : MEDIA_DAMAGED;
        VipsImage *image = v == MEDIA_DONE ? upright(source) : NULL;
        if (v == MEDIA_DONE && (!image || !save_both(image, out, thumb, ret)))
                v = MEDIA_DAMAGED;
        if (image) {
                ret->type = MEDIA_JPEG;
                ret->width = vips_image_get_width(image);
                ret->height = vips_image_get_height(image);
                g_object_unref(image);
        }
        if (source)
                g_object_unref(source);
        vips_error_clear();
        return v;
}
