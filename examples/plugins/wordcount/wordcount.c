/*
 * A copydesk stage in C: counts words and sentences of the document, as a custom layer.
 *
 *     cc -shared -fPIC -I core/include -o libwordcount.so examples/plugins/wordcount/wordcount.c
 *     copydesk plugin inspect ./libwordcount.so
 */
#include "copydesk.h"

#include <stdio.h>

static int32_t describe(const cd_host *host) {
    host->text(host->context, cd_text(
        "{\"name\": \"wordcount\", \"version\": \"1.0.0\", \"summary\": \"Counts words and sentences.\","
        " \"provides\": [\"wordcount\"],"
        " \"rules\": [{\"code\": \"count\", \"effect\": \"finds\", \"what\": \"Counts words and sentences.\","
        " \"why\": \"Length tells news in brief from features.\", \"example\": \"[Two words]\","
        " \"counterexample\": \"[]\"}]}"));
    return CD_OK;
}

static int32_t create(cd_bytes options, const cd_host *host, void **stage) {
    static int no_state; /* there are no options, so all stages are one */
    (void)options;
    (void)host;
    *stage = &no_state;
    return CD_OK;
}

static int32_t analyze(void *stage, const cd_document *document, const cd_host *host) {
    char strings[128];
    uint32_t words = 0, i;
    int length;
    cd_custom count = {{0, 9}, {0, 0}, {9, 0}, {4, 5}, 1.0f};
    cd_layers layers;
    (void)stage;
    for (i = 0; i < document->tokens.len; i++)
        words += CD_AT(cd_token, document->tokens, i)->kind == CD_TOKEN_WORD;
    /* The layer's name, then the payload: both are named by where they stand in the strings. So is the rule: "count". */
    length = snprintf(strings, sizeof strings, "wordcount{\"words\":%u,\"sentences\":%u}", words,
                      document->sentences.len);
    count.span.end = (uint32_t)document->text.len;
    count.payload.len = (uint32_t)length - count.payload.start;
    memset(&layers, 0, sizeof layers);
    layers.struct_size = sizeof layers;
    layers.strings.data = (const uint8_t *)strings;
    layers.strings.len = (size_t)length;
    CD_SET(layers.customs, &count, 1);
    return host->emit(host->context, &layers);
}

static void destroy(void *stage) { (void)stage; }

static const cd_stage_type stages[] = {{sizeof(cd_stage_type), 0, describe, create, analyze, destroy}};

const cd_plugin copydesk_plugin = {CD_MAGIC, sizeof(cd_plugin), CD_ABI_MAJOR, CD_ABI_MINOR, stages, 1};
