/* A plugin of a minor version that does not exist yet: hosts of today refuse it. */
#include "copydesk-1.0.h"

static int32_t describe(const cd_host *host) {
    host->text(host->context, cd_text("{\"name\": \"newer\", \"version\": \"1\", \"provides\": [\"newer\"]}"));
    return CD_OK;
}

static int32_t create(cd_bytes options, const cd_host *host, void **stage) {
    (void)options;
    (void)host;
    *stage = (void *)&describe;
    return CD_OK;
}

static int32_t analyze(void *stage, const cd_document *document, const cd_host *host) {
    (void)stage;
    (void)document;
    (void)host;
    return CD_OK;
}

static void destroy(void *stage) { (void)stage; }

/* Entries and header have grown, as a later version's would. */
static const struct { cd_stage_type entry; void *later; } stages[] = {
    {{sizeof stages[0], 0, describe, create, analyze, destroy}, 0},
};
const struct { cd_plugin header; void *later; } copydesk_plugin = {
    {CD_MAGIC, sizeof copydesk_plugin, 1, 9, &stages[0].entry, 1}, 0};
