/*
 * A plugin as it was written for ABI 1.0: two stages, one that emits entities, one that reads them.
 * The tests build it against the header of that version and load it into later hosts.
 */
#include "copydesk-1.0.h"

#include <stdio.h>

static const char NAMES[] =
    "{\"name\": \"names\", \"version\": \"1.0.0\", \"provides\": [\"entities\"],"
    " \"rules\": [{\"code\": \"title-case\", \"effect\": \"finds\", \"what\": \"Marks capitals.\", \"why\": \"A test.\","
    " \"example\": \"[Anna] sleeps.\", \"counterexample\": \"Anna [sleeps].\"}]}";
static const char READER[] =
    "{\"name\": \"reader\", \"version\": \"1.0.0\", \"requires\": [\"entities\"], \"provides\": [\"read\"]}";

static int32_t describe_names(const cd_host *host) {
    host->text(host->context, cd_text(NAMES));
    return CD_OK;
}

static int32_t describe_reader(const cd_host *host) {
    host->text(host->context, cd_text(READER));
    return CD_OK;
}

static int32_t create(cd_bytes options, const cd_host *host, void **stage) {
    static int no_state;
    (void)options;
    (void)host;
    *stage = &no_state;
    return CD_OK;
}

static void destroy(void *stage) { (void)stage; }

/* An entity for each word in title case, named by its place in the text. */
static int32_t analyze_names(void *stage, const cd_document *document, const cd_host *host) {
    enum { MOST = 16 };
    cd_entity entities[MOST];
    cd_mention mentions[MOST];
    char strings[512] = "title-case";
    uint32_t used = 10, count = 0, i;
    cd_layers layers;
    (void)stage;
    memset(entities, 0, sizeof entities);
    memset(mentions, 0, sizeof mentions);
    memset(&layers, 0, sizeof layers);
    for (i = 0; i < document->tokens.len && count < MOST; i++) {
        const cd_token *token = CD_AT(cd_token, document->tokens, i);
        cd_entity *entity = &entities[count];
        uint32_t length = token->span.end - token->span.start;
        if (token->letter_case != CD_CASE_TITLE || used + length > sizeof strings)
            continue;
        memcpy(strings + used, document->text.data + token->span.start, length);
        entity->name.start = used;
        entity->name.len = length;
        used += length;
        entity->rule.len = 10;
        entity->mentions.start = count;
        entity->mentions.len = 1;
        entity->confidence = 0.5f;
        entity->salience = -1;
        entity->kind = CD_ENTITY_OTHER;
        mentions[count].span = token->span;
        mentions[count].entity = CD_NONE;
        count++;
    }
    layers.struct_size = sizeof layers;
    layers.strings.data = (const uint8_t *)strings;
    layers.strings.len = used;
    CD_SET(layers.entities, entities, count);
    CD_SET(layers.mentions, mentions, count);
    return host->emit(host->context, &layers);
}

/* One annotation with the names of all entities and what else it could see. */
static int32_t analyze_reader(void *stage, const cd_document *document, const cd_host *host) {
    const cd_layers *found = document->layers;
    char strings[512] = "readlist\"";
    size_t used = 9;
    uint32_t i;
    cd_custom custom;
    cd_layers layers;
    (void)stage;
    memset(&custom, 0, sizeof custom);
    memset(&layers, 0, sizeof layers);
    for (i = 0; i < found->entities.len; i++) {
        const cd_entity *entity = CD_AT(cd_entity, found->entities, i);
        const cd_mention *mention = CD_AT(cd_mention, found->mentions, entity->mentions.start);
        used += (size_t)snprintf(strings + used, sizeof strings - used, "%.*s@%u ", (int)entity->name.len,
                                 (const char *)found->strings.data + entity->name.start, mention->span.start);
    }
    strings[used++] = '"';
    custom.layer.len = 4;
    custom.rule.start = 4;
    custom.rule.len = 4;
    custom.payload.start = 8;
    custom.payload.len = (uint32_t)used - 8;
    custom.span.end = (uint32_t)document->text.len;
    custom.confidence = 1;
    layers.struct_size = sizeof layers;
    layers.strings.data = (const uint8_t *)strings;
    layers.strings.len = used;
    CD_SET(layers.customs, &custom, 1);
    return host->emit(host->context, &layers);
}

static const cd_stage_type stages[] = {
    {sizeof(cd_stage_type), 0, describe_names, create, analyze_names, destroy},
    {sizeof(cd_stage_type), 0, describe_reader, create, analyze_reader, destroy},
};

const cd_plugin copydesk_plugin = {CD_MAGIC, sizeof(cd_plugin), 1, 0, stages, 2};
