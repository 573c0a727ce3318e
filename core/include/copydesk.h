/*
 * copydesk.h: the plugin ABI of copydesk, version 1.1.
 *
 * A plugin is a shared library that exports one data symbol:
 *
 *     const cd_plugin copydesk_plugin = { CD_MAGIC, sizeof(cd_plugin), CD_ABI_MAJOR, CD_ABI_MINOR, stages, 1 };
 *
 * The host checks it before it calls anything. Documents are borrowed for one call, results are returned through
 * host->emit, which copies: ownership is never transferred. Functions may be called from several threads at once.
 * Offsets are UTF-8 bytes into the document's text and must be on character boundaries.
 *
 * Every annotation names the rule that made it: a short code in lower case, without the stage's name.
 *
 * Within a major version, structs that begin with struct_size and records of arrays grow at their end, and new layers are
 * new arrays at the end of cd_layers. So:
 *   - set struct_size, and the stride of every array that you send (CD_SET does);
 *   - go through an array that you receive with CD_AT, never with [];
 *   - read a field that a later version added only if struct_size or stride includes it;
 *   - leave reserved bytes and unnamed flags zero: anything else is rejected.
 *
 * A test of copydesk-core compiles this file and compares every size and offset with the Rust side.
 */
#ifndef COPYDESK_H
#define COPYDESK_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CD_ABI_MAJOR 1
#define CD_ABI_MINOR 1
#define CD_MAGIC UINT64_C(0x636f70796465736b) /* "copydesk" */
#define CD_OK 0
#define CD_FAILED 1
#define CD_NONE UINT32_MAX /* the id that means "none" */

/* Tags. */
enum { CD_TOKEN_WORD, CD_TOKEN_NUMBER, CD_TOKEN_MIXED, CD_TOKEN_PUNCTUATION, CD_TOKEN_SYMBOL, CD_TOKEN_URL, CD_TOKEN_HANDLE };
enum { CD_CASE_NONE, CD_CASE_LOWER, CD_CASE_TITLE, CD_CASE_UPPER, CD_CASE_MIXED };
enum { CD_ZONE_BODY, CD_ZONE_HEADLINE, CD_ZONE_DATELINE, CD_ZONE_BYLINE };
enum {
    CD_ENTITY_PERSON, CD_ENTITY_ORGANIZATION, CD_ENTITY_LOCATION, CD_ENTITY_FACILITY, CD_ENTITY_GROUP,
    CD_ENTITY_EVENT, CD_ENTITY_PRODUCT, CD_ENTITY_WORK, CD_ENTITY_LAW, CD_ENTITY_OTHER
};
enum { CD_FORM_NAME, CD_FORM_ALIAS, CD_FORM_DEMONYM, CD_FORM_NOMINAL, CD_FORM_PRONOUN };
enum { CD_QUOTE_DIRECT, CD_QUOTE_INDIRECT, CD_QUOTE_MIXED };
enum { CD_CUE_SPEECH, CD_CUE_WRITING, CD_CUE_BELIEF, CD_CUE_INTENTION, CD_CUE_PERCEPTION };
enum { CD_STANCE_NEUTRAL, CD_STANCE_ENDORSE, CD_STANCE_DISTANCE, CD_STANCE_DENY };
enum {
    CD_FIGURE_MONEY, CD_FIGURE_PERCENT, CD_FIGURE_QUANTITY, CD_FIGURE_COUNT, CD_FIGURE_ORDINAL, CD_FIGURE_RATIO,
    CD_FIGURE_DURATION, CD_FIGURE_DATE, CD_FIGURE_PERIOD, CD_FIGURE_TIME, CD_FIGURE_OTHER
};
enum { CD_VALUE_NONE, CD_VALUE_NUMBER, CD_VALUE_RANGE, CD_VALUE_ISO, CD_VALUE_INTERVAL };
enum { CD_BOUND_NONE, CD_BOUND_ABOUT, CD_BOUND_MORE_THAN, CD_BOUND_LESS_THAN, CD_BOUND_AT_LEAST, CD_BOUND_AT_MOST };
enum { CD_DIRECTION_NONE, CD_DIRECTION_UP, CD_DIRECTION_DOWN, CD_DIRECTION_FLAT };
enum { CD_CLAIM_FIGURE, CD_CLAIM_CHANGE, CD_CLAIM_EVENT };
enum { CD_LABEL_NEGATIVE, CD_LABEL_NEUTRAL, CD_LABEL_POSITIVE };

/* Flags of a token. */
enum {
    CD_TOKEN_GLUED = 1, CD_TOKEN_ABBREVIATION = 2, CD_TOKEN_DIGIT = 4, CD_TOKEN_NON_ASCII = 8,
    CD_TOKEN_SENTENCE_START = 16, CD_TOKEN_OPENING = 32, CD_TOKEN_CLOSING = 64, CD_TOKEN_QUOTE_MARK = 128,
    CD_TOKEN_CLITIC = 256, CD_TOKEN_LINE_START = 512
};
/* Flags of a quote: which of its fields are given, and properties of cue and speaker. */
enum { CD_QUOTE_HAS_CUE = 1, CD_QUOTE_HAS_SPEAKER = 2, CD_QUOTE_ANONYMOUS = 4, CD_QUOTE_NEGATED = 8, CD_QUOTE_MODAL = 16 };
/* Flags of a figure: which of its fields are given. */
enum {
    CD_FIGURE_HAS_FROM = 1, CD_FIGURE_HAS_TO = 2, CD_FIGURE_HAS_MEASURE = 4, CD_FIGURE_HAS_BASELINE_VALUE = 8,
    CD_FIGURE_HAS_CHANGE = 16, CD_FIGURE_IS_RELATIVE = 32,
    CD_FIGURE_HAS_AMOUNT = 64, CD_FIGURE_CONTRADICTS = 128,
    CD_FIGURE_BASELINE_DERIVED = 256, CD_FIGURE_AMOUNT_DERIVED = 512
};
/* Flags of a claim: whether its measure is given, and its modality. */
enum { CD_CLAIM_HAS_MEASURE = 1, CD_CLAIM_NEGATED = 2, CD_CLAIM_MODAL = 4, CD_CLAIM_FORECAST = 8 };
/* Flags of a document. */
enum { CD_DOCUMENT_EXPLAINED = 1 }; /* report suppressed annotations in held_back */

/* Borrowed bytes, UTF-8. data is null if there is no text. */
typedef struct { const uint8_t *data; size_t len; } cd_bytes;
/* Bytes start..end of the text. */
typedef struct { uint32_t start, end; } cd_span;
/* A string: len bytes at start of the layers' strings. */
typedef struct { uint32_t start, len; } cd_str;
/* A list: len records at start of a shared array. */
typedef struct { uint32_t start, len; } cd_run;
/* An exact number: mantissa * 10^exponent, no trailing zero in the mantissa, 0 as {0, 0, 0}. */
typedef struct { int64_t mantissa; int32_t exponent; uint32_t reserved; } cd_decimal;

typedef struct { uint64_t hash; cd_span span; uint32_t sentence; uint8_t kind, letter_case; uint16_t flags; } cd_token;
typedef struct { cd_span span; uint32_t first_token, end_token, paragraph; } cd_sentence;
typedef struct { cd_span span; uint32_t first_sentence, end_sentence; } cd_paragraph;
typedef struct { cd_span span; uint8_t kind, reserved[3]; } cd_zone;

typedef struct {
    cd_str name, rule;
    cd_run mentions;   /* into mentions; the runs of the entities follow one another and cover all of them */
    cd_run links;      /* into pairs: scheme, id */
    cd_run attributes; /* into pairs: name, value, entity */
    float confidence;  /* 0..1 */
    float salience;    /* 0..1, or -1 */
    uint8_t kind, reserved[3];
} cd_entity;
typedef struct { cd_span span; uint32_t entity; uint8_t form, reserved[3]; } cd_mention;
typedef struct { cd_str key, value; uint32_t entity; } cd_pair;
typedef struct {
    cd_span span;
    cd_run content; /* into spans */
    cd_span cue;
    cd_str cue_lemma;
    cd_span speaker;
    uint32_t speaker_entity, speaker_of; /* entities; the second is the entity that an unnamed speaker belongs to */
    uint32_t parent;                     /* the quote that contains this one */
    cd_run entities, figures;            /* into contents; set by the host */
    cd_str rule;
    float confidence;
    uint32_t flags;
    uint8_t kind, cue_class, cue_stance, reserved;
} cd_quote;
typedef struct {
    cd_decimal low; /* the number, or the lower end of a range */
    cd_decimal high, baseline_value, change_amount;
    cd_decimal si_low, si_high; /* in si_unit, which is empty if the unit cannot be converted */
    cd_decimal part, whole; /* of a ratio; both zero if not given */
    cd_span span;
    cd_str text_from; /* the ISO 8601 text, or the start of an interval */
    cd_str text_to, unit_code, unit_name;
    cd_str per_code, per_name; /* the unit of a rate */
    cd_str si_unit;
    cd_span measure;
    uint32_t measure_entity, period, change_of, baseline_period;
    uint32_t quote; /* set by the host */
    float confidence;
    cd_str rule;
    uint32_t flags;
    uint8_t kind, value_kind, bound, direction;
} cd_figure;
typedef struct { float score, confidence; uint8_t label, reserved[3]; } cd_polarity;
typedef struct { cd_polarity document, narrator; cd_str rule; } cd_summary;
typedef struct { cd_span span; cd_polarity polarity; } cd_sentence_polarity;
typedef struct { cd_span span; cd_run evidence; cd_polarity polarity; uint32_t entity; cd_str rule; } cd_target;
/* Of the document towards an entity, with the numbers of its negative, positive and scored mentions. */
typedef struct { uint32_t entity; cd_polarity polarity; uint32_t negative, positive, mentions; cd_str rule; } cd_entity_polarity;
/* Holder and target are entities; CD_NONE is the narrator. */
typedef struct { uint32_t holder, target, quote; cd_run evidence; cd_polarity polarity; cd_str rule; } cd_stance;
typedef struct { cd_str layer; cd_span span; cd_str payload; cd_str rule; float confidence; } cd_custom;

/* An annotation that the rule candidate would have made and that rule suppressed. */
typedef struct { cd_span span; cd_str candidate, rule; float confidence; } cd_held_back;

/* Since 1.1: a statement that can be checked. speaker is an entity; without speaker and quote it is the narrator's. */
typedef struct {
    cd_span span, measure;
    cd_run about, figures;             /* into claim_entities, claim_figures */
    uint32_t speaker, quote;           /* an entity, a quote */
    uint32_t change, baseline, period; /* figures */
    uint32_t contradicts;              /* an earlier claim that contradicts this one */
    cd_str rule;
    float worth, confidence; /* 0..1 */
    uint32_t flags;
    uint8_t kind, stance; /* stance is a CD_STANCE */
    uint8_t reserved[2];
} cd_claim;

/* An array: len records, stride bytes from one to the next. */
#define CD_SLICE(type) struct { const type *data; uint32_t len, stride; }
/* The record at an index of a received array of this type. */
#define CD_AT(type, slice, place) ((const type *)((const char *)(slice).data + (size_t)(place) * (slice).stride))
/* Sets an array that is sent. */
#define CD_SET(slice, records, count) \
    ((slice).data = (records), (slice).len = (uint32_t)(count), (slice).stride = (uint32_t)sizeof *(slice).data)

/* All layers: passed to a plugin with a document, and back with its annotations. */
typedef struct {
    uint32_t struct_size, reserved;
    cd_bytes strings;
    CD_SLICE(cd_pair) pairs;
    CD_SLICE(cd_span) spans;
    CD_SLICE(uint32_t) contents; /* entities and figures inside quotes; set by the host */
    CD_SLICE(cd_entity) entities;
    CD_SLICE(cd_mention) mentions;
    CD_SLICE(uint32_t) mention_order; /* indices into mentions, in text order; set by the host */
    CD_SLICE(cd_quote) quotes;
    CD_SLICE(cd_figure) figures;
    CD_SLICE(cd_summary) summaries; /* at most one */
    CD_SLICE(cd_sentence_polarity) sentence_polarities;
    CD_SLICE(cd_target) targets;
    CD_SLICE(cd_entity_polarity) entity_polarities;
    CD_SLICE(cd_stance) stances;
    CD_SLICE(cd_custom) customs;
    CD_SLICE(uint8_t) tags; /* parts of speech, one per token: none or all */
    CD_SLICE(cd_held_back) held_back; /* if CD_DOCUMENT_EXPLAINED is set */
    /* Since 1.1. */
    CD_SLICE(cd_claim) claims;
    CD_SLICE(uint32_t) claim_entities, claim_figures; /* ids of entities and figures; each claim has a run */
} cd_layers;

typedef struct {
    uint32_t struct_size, flags;
    cd_bytes id, text;
    cd_bytes title, date; /* data is null if unknown */
    CD_SLICE(cd_span) targets;
    CD_SLICE(cd_token) tokens;
    CD_SLICE(cd_sentence) sentences;
    CD_SLICE(cd_paragraph) paragraphs;
    CD_SLICE(cd_zone) zones;
    const cd_layers *layers; /* annotations of earlier stages */
} cd_document;

/* The callbacks for a stage, valid on the same thread during the call that passed them. */
typedef struct {
    uint32_t struct_size, abi_minor;
    void *context; /* the first argument of the callbacks */
    /* Receives annotations. Returns CD_OK, or CD_FAILED if it rejects them; the stage should then return. */
    int32_t (*emit)(void *context, const cd_layers *layers);
    /* Receives a description, or the reason for a failure. Only the last call counts. */
    void (*text)(void *context, cd_bytes text);
} cd_host;

typedef struct {
    uint32_t struct_size, reserved;
    /* Passes the stage's description to host->text, as JSON:
       {"name", "version", "summary", "requires": [], "uses": [], "provides": ["layer"], "options_schema": {}, "options_default": {},
        "rules": [{"code", "effect": "finds" or "holds_back", "what", "why", "example", "counterexample"}],
        "schemas": {"layer": JSON Schema of the values of this custom layer}}; optional parts may be omitted.
       Values are validated against their schema. A string with "format": "entity" ("quote", "figure", "claim") in a schema is the id
       of an annotation of the document: "e1" for the first entity, q1, f1, c1. */
    int32_t (*describe)(const cd_host *host);
    /* Creates a stage from its options (JSON) and stores a handle that is not null. */
    int32_t (*create)(cd_bytes options, const cd_host *host, void **stage);
    int32_t (*analyze)(void *stage, const cd_document *document, const cd_host *host);
    void (*destroy)(void *stage);
} cd_stage_type;

typedef struct {
    uint64_t magic;
    uint32_t struct_size;
    uint16_t abi_major, abi_minor;
    const cd_stage_type *stages;
    size_t stage_count;
} cd_plugin;

/* A zero-terminated string as bytes. */
static inline cd_bytes cd_text(const char *text) {
    cd_bytes bytes;
    bytes.data = (const uint8_t *)text;
    bytes.len = strlen(text);
    return bytes;
}

/* Reading JSON: the options passed to `create`, and the values of other stages' layers. The host guarantees that it is valid JSON. */

/* The end of the value that begins at `at`. */
static inline const uint8_t *cd_json_end(const uint8_t *at, const uint8_t *end) {
    size_t depth = 0;
    do {
        uint8_t byte = *at++;
        if (byte == '"') {
            for (; at < end && *at != '"'; at++)
                if (*at == '\\')
                    at++;
            at = at < end ? at + 1 : end;
        } else if (byte == '{' || byte == '[') {
            depth++;
        } else if (byte == '}' || byte == ']') {
            depth--;
        } else if (depth == 0) {
            while (at < end && *at > ' ' && !strchr(",:]}", *at))
                at++;
        }
    } while (depth > 0 && at < end);
    return at;
}

/* The item at an index of an array; in an object, keys and values both count as items. data is null if there is none. */
static inline cd_bytes cd_json_item(cd_bytes json, size_t place) {
    const uint8_t *at = json.data, *end = json.data + json.len;
    cd_bytes item = {NULL, 0};
    while (at < end && *at <= ' ')
        at++;
    if (at < end && (*at == '[' || *at == '{'))
        at++;
    else
        return item;
    for (;; place--) {
        const uint8_t *after;
        while (at < end && (*at <= ' ' || *at == ',' || *at == ':'))
            at++;
        if (at >= end || *at == ']' || *at == '}')
            return item;
        after = cd_json_end(at, end);
        if (place == 0) {
            item.data = at;
            item.len = (size_t)(after - at);
            return item;
        }
        at = after;
    }
}

/* The value of a key of an object; the key must not need escapes. data is null if there is none. */
static inline cd_bytes cd_json_member(cd_bytes json, const char *key) {
    size_t place, length = strlen(key);
    cd_bytes none = {NULL, 0};
    for (place = 0;; place += 2) {
        cd_bytes name = cd_json_item(json, place);
        if (name.data == NULL)
            return none;
        if (name.len == length + 2 && memcmp(name.data + 1, key, length) == 0)
            return cd_json_item(json, place + 1);
    }
}

/* Copies a string as zero-terminated text. Returns its length, or -1 if it is not a string, contains a zero byte, or does not fit. */
static inline int32_t cd_json_text(cd_bytes json, char *text, size_t room) {
    const uint8_t *at = json.data, *end = json.data + json.len;
    size_t length = 0;
    uint32_t high = 0;
    if (json.data == NULL || json.len < 2 || *at != '"' || end[-1] != '"')
        return -1;
    for (at++, end--; at < end; at++) {
        static const char escapes[] = "b\bf\fn\nr\rt\t";
        uint32_t unit = *at, digits;
        char bytes[4];
        size_t count = 1, i;
        bytes[0] = (char)*at;
        if (unit == '\\' && ++at < end && *at != 'u') {
            bytes[0] = (char)*at;
            for (i = 0; escapes[i] != 0; i += 2)
                if ((char)*at == escapes[i])
                    bytes[0] = escapes[i + 1];
        } else if (unit == '\\') {
            for (unit = 0, digits = 0; digits < 4; digits++) {
                if (++at >= end)
                    return -1;
                unit = unit * 16 + (uint32_t)(*at <= '9' ? *at - '0' : (*at | 32) - 'a' + 10);
            }
            if (unit >= 0xd800 && unit < 0xdc00) {
                high = unit;
                continue;
            }
            if (unit >= 0xdc00 && unit < 0xe000 && high != 0)
                unit = 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00);
            high = 0;
            if (unit == 0 || (unit >= 0xd800 && unit < 0xe000) || unit > 0x10ffff)
                return -1;
            count = unit < 0x80 ? 1 : unit < 0x800 ? 2 : unit < 0x10000 ? 3 : 4;
            for (i = count; i-- > 1; unit >>= 6)
                bytes[i] = (char)(0x80 | (unit & 0x3f));
            bytes[0] = (char)(count == 1 ? unit : (0xf0 << (4 - count) & 0xff) | unit);
        }
        if (length + count >= room)
            return -1;
        memcpy(text + length, bytes, count);
        length += count;
    }
    if (length >= room)
        return -1;
    text[length] = 0;
    return (int32_t)length;
}

#ifdef __cplusplus
}
#endif
#endif
