/*
 * A copydesk stage in C: keyword alerts. It marks keywords, and says which people and organisations are named in the same sentence.
 *
 *     cc -shared -fPIC -O2 -I core/include -o libalerts.so examples/plugins/alerts/alerts.c
 *     copydesk run articles/ --stage ./libalerts.so -o alerts.csv
 *
 * Its options are `keywords`, a list, and `file`, a file with a keyword a line. A keyword of several words has single blanks.
 */
#include "copydesk.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* The longest keyword, with a zero behind it. */
#define LONGEST 128

typedef struct {
    char (*words)[LONGEST];
    size_t count;
} keywords;

static int32_t fail(const cd_host *host, const char *format, ...) {
    char reason[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    host->text(host->context, cd_text(reason));
    return CD_FAILED;
}

static int32_t describe(const cd_host *host) {
    host->text(host->context, cd_text(
        "{\"name\": \"alerts\", \"version\": \"1.0.0\", \"summary\": \"Marks keywords, with who is named beside them.\","
        " \"requires\": [\"entities\"], \"provides\": [\"alerts\"],"
        " \"options_schema\": {\"type\": \"object\", \"additionalProperties\": false, \"properties\": {"
        "   \"keywords\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}, \"description\": \"The keywords.\"},"
        "   \"file\": {\"type\": \"string\", \"format\": \"path\", \"description\": \"A file with more of them, one a line.\"}}},"
        " \"options_default\": {\"keywords\": [\"strike\", \"recall\", \"state of emergency\"]},"
        " \"schemas\": {\"alerts\": {\"type\": \"object\", \"additionalProperties\": false, \"required\": [\"keyword\", \"near\"],"
        "   \"properties\": {"
        "     \"keyword\": {\"type\": \"string\", \"description\": \"The keyword.\"},"
        "     \"near\": {\"type\": \"array\", \"items\": {\"type\": \"string\", \"format\": \"entity\"},"
        "       \"description\": \"People and organisations that the sentence names.\"}}}},"
        " \"rules\": [{\"code\": \"keyword\", \"effect\": \"finds\", \"what\": \"Marks a keyword, in whole words.\","
        "   \"why\": \"Somebody has to know of it at once.\", \"example\": \"The [strike] began.\","
        "   \"counterexample\": \"It was a striking hat.\"}]}"));
    return CD_OK;
}

static void destroy(void *stage) {
    keywords *own = stage;
    free(own->words);
    free(own);
}

/* Adds a keyword; the reason where it cannot be one. */
static const char *add(keywords *own, const char *word) {
    char(*words)[LONGEST];
    size_t length = strlen(word);
    if (length == 0 || length >= LONGEST)
        return "is empty, or too long";
    /* So that it can stand in JSON as it is. */
    if (strpbrk(word, "\"\\") != NULL)
        return "has a quotation mark or a backslash";
    words = realloc(own->words, (own->count + 1) * sizeof *words);
    if (words == NULL)
        return "has no room";
    own->words = words;
    memcpy(words[own->count++], word, length + 1);
    return NULL;
}

static int32_t add_file(keywords *own, const char *path, const cd_host *host) {
    char line[1024];
    FILE *file = fopen(path, "r");
    int number;
    if (file == NULL)
        return fail(host, "option `file`: %s cannot be read", path);
    for (number = 1; fgets(line, sizeof line, file) != NULL; number++) {
        const char *wrong;
        line[strcspn(line, "\r\n")] = 0;
        wrong = line[0] == 0 ? NULL : add(own, line);
        if (wrong != NULL) {
            fclose(file);
            return fail(host, "%s:%d: the keyword %s", path, number, wrong);
        }
    }
    fclose(file);
    return CD_OK;
}

static int32_t create(cd_bytes options, const cd_host *host, void **stage) {
    cd_bytes list = cd_json_member(options, "keywords"), file = cd_json_member(options, "file"), word;
    keywords *own = calloc(1, sizeof *own);
    char text[4096];
    int32_t result = CD_OK;
    size_t place;
    if (own == NULL)
        return fail(host, "no memory");
    if (list.data == NULL)
        list = cd_text("[\"strike\", \"recall\", \"state of emergency\"]");
    for (place = 0; result == CD_OK && (word = cd_json_item(list, place)).data != NULL; place++) {
        const char *wrong = cd_json_text(word, text, sizeof text) < 0 ? "is too long" : add(own, text);
        if (wrong != NULL)
            result = fail(host, "option `keywords`: %.*s %s", (int)(word.len < 60 ? word.len : 60), (const char *)word.data, wrong);
    }
    if (result == CD_OK && file.data != NULL)
        result = cd_json_text(file, text, sizeof text) < 0 ? fail(host, "option `file` is too long") : add_file(own, text, host);
    if (result != CD_OK)
        destroy(own);
    else
        *stage = own;
    return result;
}

/* Where the keyword ends that begins at `start` of the text, or 0. Letters are compared without their case, blanks with any one blank. */
static uint32_t end_of(const char *word, cd_bytes text, uint32_t start) {
    size_t at = start;
    for (; *word != 0; word++, at++) {
        if (at >= text.len || (*word == ' ' ? !isspace(text.data[at]) : tolower(text.data[at]) != tolower((unsigned char)*word)))
            return 0;
    }
    return (uint32_t)at;
}

static int ends_a_token(const cd_document *document, uint32_t from, uint32_t end) {
    uint32_t i;
    for (i = from; i < document->tokens.len; i++) {
        uint32_t here = CD_AT(cd_token, document->tokens, i)->span.end;
        if (here >= end)
            return here == end;
    }
    return 0;
}

/* Writes the ids of the people and organisations that a sentence names, at most as many as there is room for. */
static size_t name_entities(const cd_document *document, cd_span sentence, char *out, size_t room) {
    const cd_layers *layers = document->layers;
    uint32_t i, j;
    size_t length = 0;
    for (i = 0; i < layers->entities.len; i++) {
        const cd_entity *entity = CD_AT(cd_entity, layers->entities, i);
        if (entity->kind != CD_ENTITY_PERSON && entity->kind != CD_ENTITY_ORGANIZATION)
            continue;
        for (j = 0; j < entity->mentions.len; j++) {
            cd_span mention = CD_AT(cd_mention, layers->mentions, entity->mentions.start + j)->span;
            if (mention.start >= sentence.start && mention.end <= sentence.end)
                break;
        }
        if (j < entity->mentions.len && length + 20 < room)
            length += (size_t)sprintf(out + length, "%s\"e%lu\"", length > 0 ? ", " : "", (unsigned long)i + 1);
    }
    return length;
}

static int32_t mark(const cd_document *document, const cd_host *host, const char *word, cd_span span, cd_span sentence) {
    /* The layer's name, the rule, and the value, which are named by where they stand. */
    char strings[4096] = "alertskeyword";
    cd_custom alert = {{0, 6}, {0, 0}, {13, 0}, {6, 7}, 1.0f};
    cd_layers layers;
    size_t length = 13;
    length += (size_t)sprintf(strings + length, "{\"keyword\": \"%s\", \"near\": [", word);
    length += name_entities(document, sentence, strings + length, sizeof strings - length);
    length += (size_t)sprintf(strings + length, "]}");
    alert.span = span;
    alert.payload.len = (uint32_t)length - alert.payload.start;
    memset(&layers, 0, sizeof layers);
    layers.struct_size = sizeof layers;
    layers.strings.data = (const uint8_t *)strings;
    layers.strings.len = length;
    CD_SET(layers.customs, &alert, 1);
    return host->emit(host->context, &layers);
}

static int32_t analyze(void *stage, const cd_document *document, const cd_host *host) {
    const keywords *own = stage;
    uint32_t i;
    size_t k;
    for (i = 0; i < document->tokens.len; i++) {
        const cd_token *token = CD_AT(cd_token, document->tokens, i);
        for (k = 0; k < own->count; k++) {
            cd_span span = token->span;
            uint32_t end = end_of(own->words[k], document->text, span.start);
            int32_t result;
            if (end == 0 || !ends_a_token(document, i, end))
                continue;
            span.end = end;
            result = mark(document, host, own->words[k], span, CD_AT(cd_sentence, document->sentences, token->sentence)->span);
            if (result != CD_OK)
                return result;
        }
    }
    return CD_OK;
}

static const cd_stage_type stages[] = {{sizeof(cd_stage_type), 0, describe, create, analyze, destroy}};

const cd_plugin copydesk_plugin = {CD_MAGIC, sizeof(cd_plugin), CD_ABI_MAJOR, CD_ABI_MINOR, stages, 1};
