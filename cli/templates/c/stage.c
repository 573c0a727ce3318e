/* A copydesk stage: marks a word. Change `analyze` to find what you need. */
#include "copydesk.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

/* The options. */
typedef struct {
    char word[64];
} settings;

static int32_t fail(const cd_host *host, const char *reason) {
    host->text(host->context, cd_text(reason));
    return CD_FAILED;
}

static int32_t describe(const cd_host *host) {
    host->text(host->context, cd_text(
        "{\"name\": \"@NAME@\", \"version\": \"0.1.0\", \"summary\": \"Marks a word.\", \"provides\": [\"@NAME@\"],"
        " \"options_schema\": {\"type\": \"object\", \"additionalProperties\": false, \"properties\":"
        "   {\"word\": {\"type\": \"string\", \"minLength\": 1, \"description\": \"The word.\"}}},"
        " \"options_default\": {\"word\": \"budget\"},"
        " \"schemas\": {\"@NAME@\": {\"type\": \"object\", \"additionalProperties\": false, \"required\": [\"sentence\"], \"properties\":"
        "   {\"sentence\": {\"type\": \"integer\", \"minimum\": 1, \"description\": \"The sentence that it is in.\"}}}},"
        " \"rules\": [{\"code\": \"word\", \"effect\": \"finds\", \"what\": \"Marks the word.\","
        "   \"why\": \"It is the word to mark.\", \"example\": \"The [budget] passed.\", \"counterexample\": \"Budgets pass.\"}]}"));
    return CD_OK;
}

static int32_t create(cd_bytes options, const cd_host *host, void **stage) {
    cd_bytes word = cd_json_member(options, "word");
    settings *own = calloc(1, sizeof *own);
    if (own == NULL)
        return fail(host, "no memory");
    strcpy(own->word, "budget");
    if (word.data != NULL && cd_json_text(word, own->word, sizeof own->word) < 0) {
        free(own);
        return fail(host, "the option word is too long");
    }
    *stage = own;
    return CD_OK;
}

static int is_word(const char *word, const uint8_t *text, size_t length) {
    size_t i;
    if (length != strlen(word))
        return 0;
    for (i = 0; i < length; i++)
        if (tolower(text[i]) != tolower((unsigned char)word[i]))
            return 0;
    return 1;
}

static int32_t analyze(void *stage, const cd_document *document, const cd_host *host) {
    /* The layer's name, the rule, and the value; annotations refer to them by offset and length. */
    char strings[sizeof "@NAME@word" + 40] = "@NAME@word";
    const uint32_t name = sizeof "@NAME@" - 1, value = sizeof "@NAME@word" - 1;
    const settings *own = stage;
    uint32_t i;
    for (i = 0; i < document->tokens.len; i++) {
        const cd_token *token = CD_AT(cd_token, document->tokens, i);
        cd_custom mark = {{0, 0}, {0, 0}, {0, 0}, {0, 0}, 1.0f};
        cd_layers layers;
        int32_t length, result;
        if (!is_word(own->word, document->text.data + token->span.start, token->span.end - token->span.start))
            continue;
        length = snprintf(strings + value, sizeof strings - value, "{\"sentence\": %lu}", (unsigned long)token->sentence + 1);
        mark.span = token->span;
        mark.layer.len = name;
        mark.rule.start = name;
        mark.rule.len = value - name;
        mark.payload.start = value;
        mark.payload.len = (uint32_t)length;
        memset(&layers, 0, sizeof layers);
        layers.struct_size = sizeof layers;
        layers.strings.data = (const uint8_t *)strings;
        layers.strings.len = value + (size_t)length;
        CD_SET(layers.customs, &mark, 1);
        result = host->emit(host->context, &layers);
        if (result != CD_OK)
            return result;
    }
    return CD_OK;
}

static void destroy(void *stage) { free(stage); }

static const cd_stage_type stages[] = {{sizeof(cd_stage_type), 0, describe, create, analyze, destroy}};

const cd_plugin copydesk_plugin = {CD_MAGIC, sizeof(cd_plugin), CD_ABI_MAJOR, CD_ABI_MINOR, stages, 1};
