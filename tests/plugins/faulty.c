/* A plugin that does one thing wrong, chosen when it is compiled. */
#include "copydesk.h"
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#ifdef THREAD_EXITS
static void *leave(void *nothing) {
    (void)nothing;
    exit(0);
}
#endif

#ifdef DEEP
/* Never comes back, and takes a kilobyte of the stack at each step. */
static size_t deep(size_t depth) {
    volatile char here[1024];
    if (depth == (size_t)-1) return 0;
    here[depth % sizeof here] = (char)depth;
    return deep(depth + 1) + (size_t)here[(depth + 1) % sizeof here];
}
#endif

__attribute__((unused)) static int32_t describe(const cd_host *host) {
#ifdef BAD_DESCRIPTION
    host->text(host->context, cd_text("{\"name\": 7}"));
#else
    host->text(host->context, cd_text("{\"name\": \"faulty\", \"version\": \"1\", \"provides\": [\"faulty\"]}"));
#endif
    return CD_OK;
}

static int32_t create(cd_bytes options, const cd_host *host, void **stage) {
    static int no_state;
    (void)options;
    (void)host;
#ifdef NO_STAGE
    host->text(host->context, cd_text("out of ideas"));
    return CD_FAILED;
#endif
    *stage = &no_state;
    return CD_OK;
}

__attribute__((unused)) static int32_t analyze(void *stage, const cd_document *document, const cd_host *host) {
    cd_custom custom = {{0, 6}, {0, 0}, {6, 1}, {0, 6}, 1.0f};
    cd_layers layers;
    /* Only documents that ask for it are ill-treated; all others must keep their results. */
    int ask = document->text.len >= 4 && memcmp(document->text.data, "Fail", 4) == 0;
    (void)stage;
    memset(&layers, 0, sizeof layers);
    layers.struct_size = sizeof layers;
    layers.strings.data = (const uint8_t *)"faulty1";
    layers.strings.len = 7;
    CD_SET(layers.customs, &custom, 1);
    custom.span.end = (uint32_t)document->text.len;
    if (ask) {
#if defined(SPAN_OUTSIDE)
        custom.span.end += 1;
#elif defined(SPAN_IN_CHARACTER)
        custom.span.start = 6; /* "Fail é": the second byte of é */
#elif defined(NULL_ARRAY)
        layers.quotes.len = 4;
#elif defined(NOT_UTF8)
        layers.strings.data = (const uint8_t *)"faulty\xff";
#elif defined(NOT_JSON)
        layers.strings.data = (const uint8_t *)"faulty{";
#elif defined(OTHER_LAYER)
        layers.strings.data = (const uint8_t *)"falsey1";
#elif defined(STRING_OUTSIDE)
        custom.payload.len = 100;
#elif defined(NO_RULE)
        custom.rule.len = 0;
#elif defined(NO_STRIDE)
        layers.customs.stride = 0;
#elif defined(RESERVED)
        layers.reserved = 1;
#elif defined(HUGE)
        layers.customs.len = 4000000000u;
#elif defined(HANGS)
        for (;;) sleep(1);
#elif defined(MANY)
        layers.customs.len = 200000000u;
#elif defined(EXITS)
        exit(0);
#elif defined(THREAD_EXITS)
        pthread_t thread;
        pthread_create(&thread, 0, leave, 0);
        pthread_join(thread, 0);
#elif defined(ABORTS)
        abort();
#elif defined(CRASHES)
        *(volatile int *)(uintptr_t)document->text.len = 1;
#elif defined(DEEP)
        return CD_OK + (int32_t)deep(document->text.len);
#elif defined(SAYS_WHY)
        host->text(host->context, cd_text("it is Monday"));
        return 42;
#elif defined(SAYS_NOTHING)
        return -1;
#endif
    }
    return host->emit(host->context, &layers);
}

static void destroy(void *stage) { (void)stage; }

#if defined(NO_SYMBOL) || defined(NO_TABLE)
#define KEPT __attribute__((unused))
#else
#define KEPT
#endif

KEPT static const cd_stage_type stages[] = {{
#ifdef SHORT_STAGE
    8,
#else
    sizeof(cd_stage_type),
#endif
#if defined(NO_ANALYZE)
    0, describe, create, 0, destroy}};
#elif defined(NO_DESCRIBE)
    0, 0, create, analyze, destroy}};
#else
    0, describe, create, analyze, destroy}};
#endif

#ifndef NO_SYMBOL
const cd_plugin copydesk_plugin = {
#ifdef BAD_MAGIC
    1,
#else
    CD_MAGIC,
#endif
#ifdef SHORT_HEADER
    12,
#else
    sizeof(cd_plugin),
#endif
#ifdef OTHER_MAJOR
    CD_ABI_MAJOR + 1,
#else
    CD_ABI_MAJOR,
#endif
#ifdef NEWER_MINOR
    CD_ABI_MINOR + 1,
#else
    CD_ABI_MINOR,
#endif
#ifdef NO_TABLE
    0, 3
#else
    stages, 1
#endif
};
#endif
