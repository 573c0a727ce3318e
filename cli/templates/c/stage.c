/* A copydesk stage: marks a word. Change `analyze` to find what you need. */
#include "copydesk.h"

#include <ctype.h>
#include <stdio.h>

static int32_t describe(const cd_host *host) {
    host->text(host->context, cd_text(
        "{\"name\": \"@NAME@\", \"version\": \"0.1.0\", \"summary\": \"Marks a word.\", \"provides\": [\"@NAME@\"],"
        " \"rules\": [{\"code\": \"word\", \"effect\": \"finds\", \"what\": \"Marks the word budget.\","
        " \"why\": \"It is the word to mark.\", \"example\": \"The [budget] passed.\","
        " \"counterexample\": \"Budgets pass.\"}]}"));
    return CD_OK;
}

static int32_t create(cd_bytes options, const cd_host *host, void **stage) {
    static int no_state;
    (void)options;
    (void)host;
    *stage = &no_state;
    return CD_OK;
}

static int is_word(const uint8_t *text, size_t length) {
    static const char word[] = "budget";
    size_t i;
    if (length != sizeof word - 1)
        return 0;
    for (i = 0; i < length; i++)
        if (tolower(text[i]) != word[i])
            return 0;
    return 1;
}

static int32_t analyze(void *stage, const cd_document *document, const cd_host *host) {
    /* The layer's name, the payload, and the rule; annotations refer to them by offset and length. */
    static const char strings[] = "@NAME@" "true" "word";
    const uint32_t name = sizeof "@NAME@" - 1;
    uint32_t i;
    (void)stage;
    for (i = 0; i < document->tokens.len; i++) {
        const cd_token *token = CD_AT(cd_token, document->tokens, i);
        cd_custom mark = {{0, name}, token->span, {name, 4}, {name + 4, 4}, 1.0f};
        cd_layers layers;
        int32_t result;
        if (!is_word(document->text.data + token->span.start, token->span.end - token->span.start))
            continue;
        memset(&layers, 0, sizeof layers);
        layers.struct_size = sizeof layers;
        layers.strings.data = (const uint8_t *)strings;
        layers.strings.len = sizeof strings - 1;
        CD_SET(layers.customs, &mark, 1);
        result = host->emit(host->context, &layers);
        if (result != CD_OK)
            return result;
    }
    return CD_OK;
}

static void destroy(void *stage) { (void)stage; }

static const cd_stage_type stages[] = {{sizeof(cd_stage_type), 0, describe, create, analyze, destroy}};

const cd_plugin copydesk_plugin = {CD_MAGIC, sizeof(cd_plugin), CD_ABI_MAJOR, CD_ABI_MINOR, stages, 1};
