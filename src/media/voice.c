/* A voice message: decoded and written anew as MP3, one channel. What the container says of place, time and device does not come along.
 *
 * MP3 because every phone and every old desktop of an office plays it; frame after frame, so it needs no index.
 */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/audio_fifo.h>
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
#include "media/inner/keeper.h"

#define RATE 24000
#define BITS 48000
#define IO_BYTES 32768

static const char formats[] = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,ogg,mp3,wav,aac,amr,flac";
static const char codecs[] = "aac,opus,libopus,vorbis,mp3float,mp3,amrnb,amrwb,libopencore_amrnb,libopencore_amrwb,flac,pcm_s16le,pcm_u8,pcm_s24le,pcm_s32le,"
                             "pcm_f32le,pcm_alaw,pcm_mulaw";

struct voice {
        int in, out;
        int64_t at; /* of in */
        AVIOContext *from, *to;
        AVFormatContext *source, *target;
        AVCodecContext *decoder, *encoder;
        SwrContext *resampler;
        AVAudioFifo *fifo;
        AVFrame *frame, *piece;
        AVPacket *packet;
        int stream;
        int64_t samples; /* written, at RATE */
        int rate, channels, format; /* what the resampler was made for */
};

/* ---- the two descriptors as the library wants them -------------------------------------------------- */

static int io_read(void *arg, uint8_t *to, int n)
{
        struct voice *v = arg;
        ssize_t got = pread(v->in, to, (size_t)n, v->at);
        if (got <= 0)
                return got == 0 ? AVERROR_EOF : AVERROR(EIO);
        v->at += got;
        return (int)got;
}

static int64_t io_seek(void *arg, int64_t to, int whence)
{
        struct voice *v = arg;
        struct stat st;
        if (fstat(v->in, &st) != 0)
                return AVERROR(EIO);
        if (whence == AVSEEK_SIZE)
                return st.st_size;
        whence &= ~AVSEEK_FORCE;
        int64_t at = whence == SEEK_SET ? to : whence == SEEK_CUR ? v->at + to : whence == SEEK_END ? st.st_size + to : -1;
        if (at < 0)
                return AVERROR(EINVAL);
        return v->at = at;
}

static int io_write(void *arg, uint8_t *p, int n)
{
        struct voice *v = arg;
        return write(v->out, p, (size_t)n) == n ? n : AVERROR(EIO);
}

static AVIOContext *io_open(struct voice *v, bool writes)
{
        unsigned char *buf = av_malloc(IO_BYTES);
        return buf ? avio_alloc_context(buf, IO_BYTES, writes, v, writes ? NULL : io_read, writes ? io_write : NULL, writes ? NULL : io_seek) : NULL;
}

/* ---- open ------------------------------------------------------------------------------------------- */

/* A film is no voice message; the picture of an album is only left behind. */
static bool has_film(const AVFormatContext *f)
{
        for (unsigned i = 0; i < f->nb_streams; i++)
                if (f->streams[i]->codecpar->codec_type == AVMEDIA_TYPE_VIDEO && !(f->streams[i]->disposition & AV_DISPOSITION_ATTACHED_PIC))
                        return true;
        return false;
}

static enum media_verdict open_source(struct voice *v)
{
        AVDictionary *o = NULL;
        const AVCodec *codec = NULL;
        v->from = io_open(v, false);
        v->source = avformat_alloc_context();
        if (!v->from || !v->source)
                return MEDIA_DAMAGED;
        v->source->pb = v->from;
        av_dict_set(&o, "format_whitelist", formats, 0);
        av_dict_set(&o, "codec_whitelist", codecs, 0);
        av_dict_set(&o, "protocol_whitelist", "none", 0);
        int rc = avformat_open_input(&v->source, NULL, NULL, &o);
        av_dict_free(&o);
        if (rc < 0)
                return MEDIA_OTHER;
        if (avformat_find_stream_info(v->source, NULL) < 0)
                return MEDIA_DAMAGED;
        v->stream = av_find_best_stream(v->source, AVMEDIA_TYPE_AUDIO, -1, -1, &codec, 0);
        if (v->stream < 0 || has_film(v->source))
                return MEDIA_OTHER;
        v->decoder = avcodec_alloc_context3(codec);
        if (!v->decoder || avcodec_parameters_to_context(v->decoder, v->source->streams[v->stream]->codecpar) < 0)
                return MEDIA_DAMAGED;
        v->decoder->thread_count = 1;
        av_opt_set(v->decoder, "codec_whitelist", codecs, 0);
        return avcodec_open2(v->decoder, codec, NULL) < 0 ? MEDIA_DAMAGED : MEDIA_DONE;
}

static bool open_encoder(struct voice *v)
{
        const AVCodec *codec = avcodec_find_encoder_by_name("libmp3lame");
        v->encoder = codec ? avcodec_alloc_context3(codec) : NULL;
        if (!v->encoder)
                return false;
        v->encoder->sample_rate = RATE;
        v->encoder->bit_rate = BITS;
        v->encoder->sample_fmt = AV_SAMPLE_FMT_S16P;
        v->encoder->time_base = (AVRational){ 1, RATE };
        v->encoder->thread_count = 1;
        v->encoder->flags |= AV_CODEC_FLAG_BITEXACT;
        av_channel_layout_default(&v->encoder->ch_layout, 1);
        return avcodec_open2(v->encoder, codec, NULL) >= 0;
}

/* Frames of sound and nothing else: no ID3 of either kind, no frame of the encoder about itself. */
static bool open_target(struct voice *v)
{
        AVDictionary *o = NULL;
        v->to = io_open(v, true);
        if (!v->to || avformat_alloc_output_context2(&v->target, NULL, "mp3", NULL) < 0)
                return false;
        v->target->pb = v->to;
        v->target->flags |= AVFMT_FLAG_BITEXACT | AVFMT_FLAG_CUSTOM_IO;
        AVStream *stream = avformat_new_stream(v->target, NULL);
        if (!stream || avcodec_parameters_from_context(stream->codecpar, v->encoder) < 0)
                return false;
        stream->time_base = v->encoder->time_base;
        av_dict_set(&o, "id3v2_version", "0", 0);
        av_dict_set(&o, "write_id3v1", "0", 0);
        av_dict_set(&o, "write_xing", "0", 0);
        int rc = avformat_write_header(v->target, &o);
        av_dict_free(&o);
        return rc >= 0;
}

static bool open_rest(struct voice *v)
{
        v->fifo = av_audio_fifo_alloc(AV_SAMPLE_FMT_S16P, 1, RATE);
        v->frame = av_frame_alloc();
        v->piece = av_frame_alloc();
        v->packet = av_packet_alloc();
        return v->fifo && v->frame && v->piece && v->packet;
}

/* ---- decode, resample, encode ----------------------------------------------------------------------- */

static enum media_verdict drain_encoder(struct voice *v, const AVFrame *frame)
{
        if (avcodec_send_frame(v->encoder, frame) < 0)
                return MEDIA_DAMAGED;
        for (;;) {
                int rc = avcodec_receive_packet(v->encoder, v->packet);
                if (rc == AVERROR(EAGAIN) || rc == AVERROR_EOF)
                        return MEDIA_DONE;
                if (rc < 0)
                        return MEDIA_DAMAGED;
                av_packet_rescale_ts(v->packet, v->encoder->time_base, v->target->streams[0]->time_base);
                v->packet->stream_index = 0;
                rc = av_write_frame(v->target, v->packet);
                av_packet_unref(v->packet);
                if (rc < 0)
                        return MEDIA_DAMAGED;
        }
}

/* Whole frames of the encoder out of the queue; at the end the rest too. */
static enum media_verdict encode(struct voice *v, bool all)
{
        int n;
        while ((n = av_audio_fifo_size(v->fifo)) > 0 && (all || n >= v->encoder->frame_size)) {
                AVFrame *f = v->piece;
                av_frame_unref(f);
                f->nb_samples = n < v->encoder->frame_size ? n : v->encoder->frame_size;
                f->format = AV_SAMPLE_FMT_S16P;
                f->sample_rate = RATE;
                f->pts = v->samples;
                av_channel_layout_default(&f->ch_layout, 1);
                if (av_frame_get_buffer(f, 0) < 0 || av_audio_fifo_read(v->fifo, (void **)f->data, f->nb_samples) != f->nb_samples)
                        return MEDIA_DAMAGED;
                v->samples += f->nb_samples;
                if (v->samples > (int64_t)RATE * MEDIA_SECONDS_MAX)
                        return MEDIA_LONG;
                enum media_verdict verdict = drain_encoder(v, f);
                if (verdict != MEDIA_DONE)
                        return verdict;
        }
        return MEDIA_DONE;
}

/* The resampler is made anew when a stream changes what it is made of. */
static bool tune(struct voice *v)
{
        AVChannelLayout one;
        AVFrame *f = v->frame;
        if (f->sample_rate < 1000 || f->sample_rate > 384000 || f->ch_layout.nb_channels < 1 || f->ch_layout.nb_channels > 8)
                return false;
        if (f->ch_layout.order == AV_CHANNEL_ORDER_UNSPEC)
                av_channel_layout_default(&f->ch_layout, f->ch_layout.nb_channels);
        av_channel_layout_default(&one, 1);
        v->rate = f->sample_rate;
        v->channels = f->ch_layout.nb_channels;
        v->format = f->format;
        swr_free(&v->resampler);
        return swr_alloc_set_opts2(&v->resampler, &one, AV_SAMPLE_FMT_S16P, RATE, &f->ch_layout, (enum AVSampleFormat)f->format, f->sample_rate, 0, NULL) >= 0 &&
               swr_init(v->resampler) >= 0;
}

/* A frame, or what is left in the resampler when @f is NULL. */
static enum media_verdict resample(struct voice *v, const AVFrame *f)
{
        static int16_t buf[RATE * 16];
        uint8_t *out[1] = { (uint8_t *)buf };
        if (!v->resampler)
                return MEDIA_DONE;
        const uint8_t **from = f ? (const uint8_t **)f->extended_data : NULL;
        int most = swr_get_out_samples(v->resampler, f ? f->nb_samples : 0);
        if (most < 0 || most > (int)COUNT(buf))
                return MEDIA_DAMAGED;
        int n = swr_convert(v->resampler, out, (int)COUNT(buf), from, f ? f->nb_samples : 0);
        if (n < 0 || av_audio_fifo_write(v->fifo, (void **)out, n) < n)
                return MEDIA_DAMAGED;
        return encode(v, false);
}

static bool tuned(const struct voice *v)
{
        return v->resampler && v->frame->sample_rate == v->rate && v->frame->ch_layout.nb_channels == v->channels && v->frame->format == v->format;
}

static enum media_verdict drain_decoder(struct voice *v, const AVPacket *packet)
{
        avcodec_send_packet(v->decoder, packet); /* a damaged packet is left out, as players do */
        while (avcodec_receive_frame(v->decoder, v->frame) >= 0) {
                if (!tuned(v) && !tune(v))
                        return MEDIA_DAMAGED;
                enum media_verdict verdict = resample(v, v->frame);
                if (verdict != MEDIA_DONE)
                        return verdict;
        }
        return MEDIA_DONE;
}

static enum media_verdict transcode(struct voice *v)
{
        enum media_verdict verdict = MEDIA_DONE;
        while (verdict == MEDIA_DONE && av_read_frame(v->source, v->packet) >= 0) {
                AVPacket packet = { 0 };
                av_packet_move_ref(&packet, v->packet); /* the encoder uses the other one meanwhile */
                if (packet.stream_index == v->stream)
                        verdict = drain_decoder(v, &packet);
                av_packet_unref(&packet);
        }
        if (verdict == MEDIA_DONE)
                verdict = drain_decoder(v, NULL);
        if (verdict == MEDIA_DONE)
                verdict = resample(v, NULL);
        if (verdict == MEDIA_DONE)
                verdict = encode(v, true);
        if (verdict == MEDIA_DONE)
                verdict = drain_encoder(v, NULL);
        if (verdict == MEDIA_DONE && (av_write_trailer(v->target) < 0 || v->samples == 0))
                verdict = MEDIA_DAMAGED;
        return verdict;
}

static void let_go(struct voice *v)
{
        av_packet_free(&v->packet);
        av_frame_free(&v->piece);
        av_frame_free(&v->frame);
        if (v->fifo)
                av_audio_fifo_free(v->fifo);
        swr_free(&v->resampler);
        avcodec_free_context(&v->encoder);
        avcodec_free_context(&v->decoder);
        avformat_free_context(v->target);
        avformat_close_input(&v->source);
        for (int i = 0; i < 2; i++) {
                AVIOContext **io = i ? &v->to : &v->from;
                if (*io)
                        av_freep(&(*io)->buffer);
                avio_context_free(io);
        }
}

enum media_verdict voice_make(int in, int out, struct media_answer *ret)
{
        struct voice v = { .in = in, .out = out, .stream = -1 };
        struct stat st = { 0 };
        av_log_set_level(AV_LOG_QUIET);
        enum media_verdict verdict = open_source(&v);
        if (verdict == MEDIA_DONE)
                verdict = open_encoder(&v) && open_target(&v) && open_rest(&v) ? transcode(&v) : MEDIA_DAMAGED;
        if (v.to)
                avio_flush(v.to);
        let_go(&v);
        if (verdict != MEDIA_DONE)
                return verdict;
        if (fstat(out, &st) != 0 || st.st_size <= 0)
                return MEDIA_DAMAGED;
        ret->type = MEDIA_MP3;
        ret->bytes = st.st_size;
        ret->ms = (int32_t)(v.samples * 1000 / RATE);
        return MEDIA_DONE;
}
