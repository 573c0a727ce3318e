/* A plugin that does everything wrong: what a document says ("Do abort."), or, where it is loaded, what HOSTILE says. */
#define _GNU_SOURCE
#include "copydesk.h"
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>
#include <unwind.h>

static char doing[64];

/* The word behind "Do ", or what HOSTILE says. */
static void read_deed(const cd_document *document) {
    size_t at = 0;
    doing[0] = 0;
    if (!document) {
        const char *told = getenv("HOSTILE");
        if (told) strncpy(doing, told, sizeof doing - 1);
        return;
    }
    if (document->text.len < 4 || memcmp(document->text.data, "Do ", 3) != 0) return;
    for (at = 3; at < document->text.len && at - 3 < sizeof doing - 1; at++) {
        if (document->text.data[at] == '.' || document->text.data[at] == ' ') break;
        doing[at - 3] = (char)document->text.data[at];
    }
    doing[at - 3] = 0;
}

static int does(const char *action) { return strcmp(doing, action) == 0; }

static volatile int *volatile nowhere = 0;

static size_t deep(size_t depth) {
    volatile char here[1024];
    if (depth == (size_t)-1) return 0;
    here[depth % sizeof here] = (char)depth;
    return deep(depth + 1) + (size_t)here[(depth + 1) % sizeof here];
}

static void take_memory(void) {
    for (;;) {
        volatile char *more = malloc(1 << 20);
        size_t at;
        for (at = 0; at < 1 << 20; at += 4096) more[at] = 1;
    }
}

static void *leaves(void *unused) { (void)unused; exit(0); }
static void *crashes_soon(void *unused) { (void)unused; usleep(30000); *nowhere = 1; return 0; }
static void *crashes(void *unused) { (void)unused; *nowhere = 1; return 0; }
static void *spins(void *unused) { (void)unused; for (;;) {} return 0; }
static void *prints(void *unused) { (void)unused; for (;;) { fprintf(stderr, "still here\n"); usleep(1000); } return 0; }
static void *takes(void *unused) { (void)unused; take_memory(); return 0; }

static void begin(void *(*what)(void *), int wait) {
    pthread_t thread;
    if (pthread_create(&thread, 0, what, 0) == 0 && wait) pthread_join(thread, 0);
}

static void comes_back(int signal) { (void)signal; }

static void throw_foreign(void) {
    static struct _Unwind_Exception thrown;
    thrown.exception_class = 0x4242424242424242;
    _Unwind_RaiseException(&thrown);
    abort();
}

/* Deeds that end the process, or never end. */
static void end_somehow(const cd_document *document) {
    if (does("abort")) abort();
    if (does("null")) *nowhere = 1;
    if (does("wild")) *(volatile int *)(uintptr_t)0x123456789 = 1;
    if (does("call_null")) ((void (*)(void))0)();
    if (does("call_data")) ((void (*)(void))(uintptr_t)document->text.data)();
    if (does("write_code")) *(volatile char *)(uintptr_t)end_somehow = 0;
    if (does("bus")) raise(SIGBUS);
    if (does("fpe")) raise(SIGFPE);
    if (does("trap")) __builtin_trap();
    if (does("exit0")) exit(0);
    if (does("exit7")) exit(7);
    if (does("underscore_exit")) _exit(0);
    if (does("quick_exit")) quick_exit(3);
    if (does("kill")) raise(SIGKILL);
    if (does("term")) { signal(SIGTERM, SIG_DFL); raise(SIGTERM); }
    if (does("alarm")) { signal(SIGALRM, SIG_DFL); ualarm(1000, 0); for (;;) pause(); }
    if (does("stop")) raise(SIGSTOP);
    if (does("stack")) deep(document->text.len);
    if (does("loop")) for (;;) {}
    if (does("sleep")) for (;;) sleep(1000);
    if (does("deaf")) {
        sigset_t all;
        sigfillset(&all);
        sigprocmask(SIG_BLOCK, &all, 0);
        for (;;) {}
    }
    if (does("deadlock")) {
        pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
        pthread_mutex_lock(&mutex);
        pthread_mutex_lock(&mutex);
    }
    if (does("comes_back")) { signal(SIGSEGV, comes_back); *nowhere = 1; }
    if (does("default_segv")) { signal(SIGSEGV, SIG_DFL); *nowhere = 1; }
    if (does("memory")) take_memory();
    if (does("memory_at_once")) *(volatile char *)malloc((size_t)1 << 46) = 1;
    if (does("memory_mapped")) {
        for (;;) {
            void *more = mmap(0, 1 << 22, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
            if (more == MAP_FAILED) abort();
            memset(more, 1, 1 << 22);
        }
    }
    if (does("memory_unlimited")) {
        struct rlimit none = {RLIM_INFINITY, RLIM_INFINITY};
        if (setrlimit(RLIMIT_AS, &none) != 0) abort();
        take_memory();
    }
    if (does("memory_in_thread")) begin(takes, 1);
    if (does("thread_exits")) begin(leaves, 1);
    if (does("thread_crashes")) begin(crashes, 1);
    if (does("foreign_exception")) throw_foreign();
    if (does("frees")) { void *volatile inside = (void *)((uintptr_t)document->text.data + 1); free(inside); }
    if (does("corrupts")) { char *block = malloc(24); memset(block, 0x41, 4096); free(block); free(malloc(24)); abort(); }
    if (does("closes")) { int file; for (file = 0; file < 256; file++) close(file); }
    if (does("garbage")) {
        static const char garbage[64] = "this is what no answer looks like, whoever reads it";
        int file;
        for (file = 3; file < 64; file++) {
            struct stat found;
            if (fstat(file, &found) == 0 && S_ISFIFO(found.st_mode) && write(file, garbage, sizeof garbage) < 0) continue;
        }
    }
    if (does("half_answer")) {
        static const uint32_t half[4] = {5, 2, 1000, 0};
        int file;
        for (file = 3; file < 64; file++) {
            struct stat found;
            if (fstat(file, &found) == 0 && S_ISFIFO(found.st_mode) && write(file, half, sizeof half) < 0) continue;
        }
        _exit(0);
    }
    if (does("huge_answer")) {
        static const uint32_t huge[4] = {5, 2, 0, 32};
        int file;
        for (file = 3; file < 64; file++) {
            struct stat found;
            if (fstat(file, &found) == 0 && S_ISFIFO(found.st_mode) && write(file, huge, sizeof huge) < 0) continue;
        }
    }
    if (does("steals")) {
        char stolen[4096];
        int file;
        for (file = 3; file < 64; file++) {
            struct stat found;
            if (fstat(file, &found) == 0 && S_ISFIFO(found.st_mode)) while (read(file, stolen, sizeof stolen) > 0) {}
        }
    }
}

/* Deeds that nobody else should notice. */
static void annoy(const cd_document *document) {
    (void)document;
    if (does("thread_crashes_later")) begin(crashes_soon, 0);
    if (does("thread_spins")) begin(spins, 0);
    if (does("thread_prints")) begin(prints, 0);
    if (does("prints")) { printf("hello\n{\"id\": 1}\n"); fflush(stdout); }
    if (does("shouts")) { int line; for (line = 0; line < 100000; line++) printf("line %d of what nobody asked for\n", line); fflush(stdout); }
    if (does("shouts_errors")) { int line; for (line = 0; line < 100000; line++) fprintf(stderr, "line %d of what nobody asked for\n", line); }
    if (does("closes_stdout")) { close(1); }
    if (does("closes_stderr")) { close(2); }
    if (does("reads_stdin")) { char bytes[64]; while (read(0, bytes, sizeof bytes) > 0) {} }
    if (does("goes_away")) { if (chdir("/") != 0) abort(); umask(0777); clearenv(); }
    if (does("nice")) setpriority(PRIO_PROCESS, 0, 19);
    if (does("writes_input")) memset((void *)(uintptr_t)document->text.data, 'x', document->text.len);
    if (does("atexit")) atexit(abort);
}

static int reads(const char *path) {
    int file = open(path, O_RDONLY);
    if (file >= 0) close(file);
    return file >= 0;
}

static int writes(const char *path) {
    int file = open(path, O_WRONLY | O_CREAT, 0600);
    if (file >= 0) close(file);
    return file >= 0;
}

static int forks(void) {
    pid_t child = fork();
    if (child == 0) for (;;) pause();
    return child > 0;
}

static int bombs(void) {
    int round;
    for (round = 0; round < 100000; round++) {
        if (fork() < 0 && vfork() < 0) return 0;
        if (round > 8) return 1;
    }
    return 1;
}

static int connects(int family) {
    int file = socket(family, SOCK_STREAM, 0);
    if (file >= 0) close(file);
    return file >= 0;
}

static int runs(void) {
    char *const arguments[] = {(char *)"true", 0};
    if (system("true") == 0) return 1;
    execv("/bin/true", arguments);
    return 0;
}

static int raises_limit(void) {
    struct rlimit more = {RLIM_INFINITY, RLIM_INFINITY};
    return setrlimit(RLIMIT_AS, &more) == 0;
}

/* Whether it could do what the process of a stage is kept from, or could not do what it is allowed. */
static int escapes(void) {
    if (does("reads_passwords")) return reads("/etc/passwd");
    if (does("reads_input")) return reads("in.jsonl");
    if (does("reads_home")) return reads("/root") || reads("/home");
    if (does("reads_parent")) return reads("/proc/1/environ");
    if (does("reads_allowed")) return !reads("readable/in.txt") || !reads("writable/in.txt");
    if (does("writes_allowed")) return !writes("writable/out.txt");
    if (does("writes_readable")) return writes("readable/new.txt") || writes("readable/in.txt");
    if (does("writes_here")) return writes("new.txt") || writes("in.jsonl");
    if (does("writes_temporary")) return writes("/tmp/copydesk-hostile");
    if (does("removes")) return unlink("in.jsonl") == 0 || rename("in.jsonl", "writable/in.jsonl") == 0;
    if (does("links")) return link("in.jsonl", "writable/linked") == 0;
    if (does("forks")) return forks();
    if (does("fork_bomb")) return bombs();
    if (does("runs_programs")) return runs();
    if (does("network")) return connects(AF_INET) || connects(AF_INET6) || connects(AF_NETLINK);
    if (does("network_allowed")) return !connects(AF_INET);
    if (does("local_socket")) return connects(AF_UNIX);
    if (does("kills_parent")) return kill(getppid(), SIGKILL) == 0;
    if (does("kills_group")) return kill(0, SIGKILL) == 0;
    if (does("raises_limit")) return raises_limit();
    if (does("traces_parent")) return ptrace(PTRACE_ATTACH, getppid(), 0, 0) == 0;
    if (does("outlives_parent")) return prctl(PR_SET_PDEATHSIG, 0) == 0;
    return 0;
}

/* A quote, two figures, a target and a stance that are right, with one id, run or number changed. */
static int32_t emit_typed(const cd_document *document, const cd_host *host) {
    static const char pool[] = "hostile";
    static cd_span parts[1];
    static cd_figure figures[2];
    cd_quote quote;
    cd_target target;
    cd_stance stance;
    cd_layers layers;
    memset(&layers, 0, sizeof layers);
    memset(&quote, 0, sizeof quote);
    memset(figures, 0, sizeof figures);
    memset(&target, 0, sizeof target);
    memset(&stance, 0, sizeof stance);
    layers.struct_size = sizeof layers;
    layers.strings.data = (const uint8_t *)pool;
    layers.strings.len = sizeof pool - 1;
    parts[0].start = 0; parts[0].end = 2;
    CD_SET(layers.spans, parts, 1);
    quote.span = parts[0];
    quote.content.len = 1;
    quote.rule.len = 7;
    quote.speaker_entity = quote.speaker_of = quote.parent = CD_NONE;
    figures[0].span = parts[0];
    figures[0].kind = CD_FIGURE_COUNT;
    figures[0].rule.len = 7;
    figures[0].measure_entity = figures[0].period = figures[0].change_of = figures[0].baseline_period = figures[0].quote = CD_NONE;
    figures[1] = figures[0];
    target.span = parts[0];
    target.entity = CD_NONE;
    target.rule.len = 7;
    target.polarity.label = CD_LABEL_NEUTRAL;
    stance.holder = stance.target = stance.quote = CD_NONE;
    stance.rule.len = 7;
    stance.polarity.label = CD_LABEL_NEUTRAL;
    CD_SET(layers.quotes, &quote, 1);
    CD_SET(layers.figures, figures, 2);
    CD_SET(layers.targets, &target, 1);
    if (does("id_holder") || does("id_stance_quote")) CD_SET(layers.stances, &stance, 1);
    (void)document;
    if (does("id_speaker")) quote.speaker_entity = 0;
    if (does("id_speaker_of")) quote.speaker_of = 4294967294u;
    if (does("id_own_parent")) quote.parent = 0;
    if (does("id_parent")) quote.parent = 1;
    if (does("id_measure")) figures[1].measure_entity = 7;
    if (does("id_period")) figures[0].period = 2;
    if (does("id_change")) figures[0].change_of = 0x80000000u;
    if (does("id_baseline")) figures[1].baseline_period = 2;
    if (does("id_target")) target.entity = 3;
    if (does("id_holder")) stance.holder = 0;
    if (does("id_stance_quote")) stance.quote = 1;
    if (does("id_figure_of_host")) figures[0].quote = 77;
    if (does("typed_run")) quote.content.start = 1;
    if (does("typed_run_huge")) { quote.content.start = 4294967295u; quote.content.len = 4294967295u; }
    if (does("typed_run_of_evidence")) target.evidence.len = 2;
    if (does("typed_no_content")) quote.content.len = 0;
    if (does("typed_kind")) quote.kind = 200;
    if (does("typed_flags")) figures[0].flags = 0x80000000u;
    if (does("typed_reserved")) target.polarity.reserved[1] = 1;
    if (does("typed_decimal")) { figures[0].low.mantissa = 10; figures[0].value_kind = CD_VALUE_NUMBER; }
    if (does("typed_score")) target.polarity.score = 0.0f / 0.0f;
    if (does("typed_no_end")) figures[0].value_kind = CD_VALUE_RANGE;
    return host->emit(host->context, &layers);
}

/* Annotations that are wrong; most are one of the layer `hostile` over the whole text, with one thing changed. */
static int32_t emit_wrongly(const cd_document *document, const cd_host *host) {
    static const char pool[] = "hostile1found";
    static cd_custom many[100000];
    static char long_payload[200001];
    cd_custom custom = {{0, 7}, {0, 0}, {7, 1}, {8, 5}, 1.0f};
    cd_entity entity;
    cd_layers layers;
    const char *strings = pool;
    size_t length = sizeof pool - 1, at;
    memset(&layers, 0, sizeof layers);
    memset(&entity, 0, sizeof entity);
    layers.struct_size = sizeof layers;
    CD_SET(layers.customs, &custom, 1);
    custom.span.end = (uint32_t)document->text.len;
#define PAYLOAD(text) do { strings = "hostile" "found" text; length = 12 + sizeof text - 1; \
    custom.rule.start = 7; custom.payload.start = 12; custom.payload.len = sizeof text - 1; } while (0)
    if (does("span_outside")) custom.span.end += 1;
    if (does("span_backwards")) { custom.span.start = 5; custom.span.end = 2; }
    if (does("span_huge")) { custom.span.start = 4000000000u; custom.span.end = 4294967295u; }
    if (does("span_in_character")) custom.span.end -= 1;
    if (does("payload_not_utf8")) PAYLOAD("\"\xff\xfe\"");
    if (does("payload_surrogate")) PAYLOAD("\"\xed\xa0\x80\"");
    if (does("payload_not_json")) PAYLOAD("{");
    if (does("payload_two")) PAYLOAD("1 2");
    if (does("payload_empty")) custom.payload.len = 0;
    if (does("payload_nan")) PAYLOAD("NaN");
    if (does("payload_nul")) PAYLOAD("\"\0\"");
    if (does("payload_line_break")) PAYLOAD("\"a\nb\"");
    if (does("payload_spread")) PAYLOAD("{\n  \"a\":\r\n\t1\n}\n");
    if (does("payload_separators")) PAYLOAD("\"\xe2\x80\xa8\xe2\x80\xa9\\u0000\"");
    if (does("payload_deep")) {
        memset(long_payload, '[', 100000);
        memset(long_payload + 100000, ']', 100000);
        memcpy(long_payload, "hostilefound", 12);
        strings = long_payload; length = 200000;
        custom.rule.start = 7; custom.payload.start = 12; custom.payload.len = 200000 - 12;
    }
    if (does("other_layer")) { strings = "hostyle1found"; }
    if (does("empty_layer")) custom.layer.len = 0;
    if (does("layer_not_utf8")) { strings = "hostil\xe9" "1found"; }
    if (strncmp(doing, "id_", 3) == 0 || strncmp(doing, "typed_", 6) == 0) return emit_typed(document, host);
    if (does("built_in_layer")) {
        entity.name.len = 7; entity.rule.start = 8; entity.rule.len = 5; entity.confidence = 1;
        CD_SET(layers.entities, &entity, 1);
    }
    if (does("syntax_layer")) { static const uint8_t tags[64] = {250}; CD_SET(layers.tags, tags, 64); }
    if (does("string_outside")) custom.payload.len = 1000;
    if (does("string_overflows")) { custom.payload.start = 4294967295u; custom.payload.len = 4294967295u; }
    if (does("string_in_character")) { strings = "hostile1\xc3\xa9" "found"; length = 15; custom.payload.len = 2; custom.rule.start = 9; }
    if (does("no_rule")) custom.rule.len = 0;
    if (does("confidence_nan")) custom.confidence = __builtin_nanf("");
    if (does("confidence_two")) custom.confidence = 2.0f;
    if (does("confidence_infinite")) custom.confidence = -__builtin_inff();
    if (does("stride_zero")) layers.customs.stride = 0;
    if (does("stride_odd")) layers.customs.stride = 37;
    if (does("stride_huge")) layers.customs.stride = 4294967292u;
    if (does("length_huge")) layers.customs.len = 4294967295u;
    if (does("array_null")) { layers.quotes.len = 4; layers.quotes.stride = sizeof(cd_quote); }
    if (does("array_misaligned")) layers.customs.data = (const cd_custom *)(const void *)((const char *)&custom + 1);
    if (does("array_wild")) layers.customs.data = (const cd_custom *)(uintptr_t)0x123456788;
    if (does("strings_null")) strings = 0;
    if (does("strings_wild")) strings = (const char *)(uintptr_t)0x123456788;
    if (does("strings_huge")) length = (size_t)1 << 62;
    if (does("reserved")) layers.reserved = 7;
    if (does("size_zero")) layers.struct_size = 0;
    if (does("size_small")) layers.struct_size = 100;
    if (does("size_larger")) layers.struct_size = 4294967295u;
    if (does("million") || does("many")) {
        for (at = 0; at < 100000; at++) many[at] = custom;
        CD_SET(layers.customs, many, does("million") ? 100000 : 20000);
    }
    layers.strings.data = (const uint8_t *)strings;
    layers.strings.len = length;
    if (does("million_in_parts")) {
        for (at = 0; at < 50000; at++) many[at] = custom;
        CD_SET(layers.customs, many, 50000);
        for (at = 0; at < 20; at++) if (host->emit(host->context, &layers) != CD_OK) return CD_FAILED;
        return CD_OK;
    }
    if (does("emits_nothing")) return CD_OK;
    if (does("emits_null")) return host->emit(host->context, 0);
    if (does("emits_misaligned")) return host->emit(host->context, (const cd_layers *)(const void *)((const char *)&layers + 1));
    if (does("emits_wildly")) return host->emit(host->context, (const cd_layers *)(uintptr_t)0x123456788);
    if (does("emits_without_context")) return host->emit(0, &layers);
    if (does("emits_twice") && host->emit(host->context, &layers) != CD_OK) return CD_FAILED;
    if (does("ignores_refusal")) { layers.reserved = 7; host->emit(host->context, &layers); layers.reserved = 0; }
    if (does("says_why")) { host->text(host->context, cd_text("it is Monday")); return 42; }
    if (does("says_nothing")) return -1;
    if (does("says_null")) { cd_bytes text = {0, 5}; host->text(host->context, text); return 1; }
    if (does("says_garbage")) { host->text(host->context, cd_text("\xff\xfe")); return 1; }
    if (does("says_breaks")) { host->text(host->context, cd_text("one\ntwo\x1b[31m\r")); return 1; }
    if (does("says_much")) {
        memset(long_payload, 'x', 200000);
        host->text(host->context, cd_text(long_payload));
        return 1;
    }
    if (does("fails_late")) { host->emit(host->context, &layers); host->text(host->context, cd_text("too late")); return 1; }
    return host->emit(host->context, &layers);
}

static int32_t describe_schema(const cd_host *host, const char *schema) {
    char text[512];
    snprintf(text, sizeof text, "{\"name\": \"hostile\", \"version\": \"1\", \"provides\": [\"hostile\"], \"schemas\": {\"hostile\": %s}}", schema);
    host->text(host->context, cd_text(text));
    return CD_OK;
}

static int32_t describe(const cd_host *host) {
    read_deed(0);
    if (does("describe_exits")) exit(0);
    if (does("describe_crashes")) *nowhere = 1;
    if (does("describe_loops")) for (;;) {}
    if (does("describe_emits")) { cd_layers layers; memset(&layers, 0, sizeof layers); layers.struct_size = sizeof layers; return host->emit(host->context, &layers); }
    if (does("describe_fails")) { host->text(host->context, cd_text("not in the mood")); return CD_FAILED; }
    if (does("describe_nothing")) return CD_OK;
    if (does("describe_garbage")) { host->text(host->context, cd_text("\xff")); return CD_OK; }
    if (does("describe_no_json")) { host->text(host->context, cd_text("hostile 1.0")); return CD_OK; }
    if (does("describe_no_layer")) { host->text(host->context, cd_text("{\"name\": \"hostile\", \"version\": \"1\", \"provides\": []}")); return CD_OK; }
    if (does("typed")) { host->text(host->context, cd_text("{\"name\": \"hostile\", \"version\": \"1\", \"provides\": [\"hostile\", \"quotes\", \"figures\", \"sentiment\"]}")); return CD_OK; }
    if (does("schema_no_object")) return describe_schema(host, "7");
    if (does("schema_unchecked")) return describe_schema(host, "{\"items\": {\"pattern\": \"^a\"}}");
    if (does("schema_leads_nowhere")) return describe_schema(host, "{\"$ref\": \"#/$defs/none\"}");
    if (does("schema_of_ids_unread")) return describe_schema(host, "{\"format\": \"entity\"}");
    if (does("schema_without_end")) return describe_schema(host, "{\"$ref\": \"#\"}");
    if (does("schema_not_kept")) return describe_schema(host, "{\"type\": \"string\"}");
    host->text(host->context, cd_text("{\"name\": \"hostile\", \"version\": \"1\", \"provides\": [\"hostile\"]}"));
    return CD_OK;
}

static int32_t create(cd_bytes options, const cd_host *host, void **stage) {
    static int state;
    (void)options;
    read_deed(0);
    if (does("create_exits")) exit(0);
    if (does("create_crashes")) *nowhere = 1;
    if (does("create_loops")) for (;;) {}
    if (does("create_memory")) take_memory();
    if (does("create_fails")) { host->text(host->context, cd_text("no licence")); return CD_FAILED; }
    if (does("create_nothing")) return CD_OK;
    *stage = &state;
    return CD_OK;
}

static int32_t analyze(void *stage, const cd_document *document, const cd_host *host) {
    (void)stage;
    read_deed(document);
    end_somehow(document);
    annoy(document);
    if (escapes()) {
        host->text(host->context, cd_text("it could do what it should not"));
        return CD_FAILED;
    }
    return emit_wrongly(document, host);
}

static void destroy(void *stage) {
    (void)stage;
    read_deed(0);
    if (does("destroy_crashes")) *nowhere = 1;
    if (does("destroy_exits")) exit(0);
    if (does("destroy_loops")) for (;;) {}
}

static cd_stage_type stages[] = {{sizeof(cd_stage_type), 0, describe, create, analyze, destroy}};

/* Not constant, as it lies when it is told to. */
cd_plugin copydesk_plugin = {CD_MAGIC, sizeof(cd_plugin), CD_ABI_MAJOR, CD_ABI_MINOR, stages, 1};

__attribute__((constructor)) static void loaded(void) {
    read_deed(0);
    if (does("load_exits")) exit(0);
    if (does("load_crashes")) *nowhere = 1;
    if (does("load_loops")) for (;;) {}
    if (does("load_prints")) { printf("loaded!\n"); fflush(stdout); }
    if (does("load_memory")) take_memory();
    if (does("header_magic")) copydesk_plugin.magic = 1;
    if (does("header_small")) copydesk_plugin.struct_size = 8;
    if (does("header_zero")) copydesk_plugin.struct_size = 0;
    if (does("header_old")) copydesk_plugin.abi_major = 0;
    if (does("header_new")) copydesk_plugin.abi_minor = 999;
    if (does("header_none")) copydesk_plugin.stage_count = 0;
    if (does("header_many")) copydesk_plugin.stage_count = (size_t)-1;
    if (does("header_null")) copydesk_plugin.stages = 0;
    if (does("header_misaligned")) copydesk_plugin.stages = (const cd_stage_type *)(const void *)((const char *)stages + 1);
    if (does("header_wild")) copydesk_plugin.stages = (const cd_stage_type *)(uintptr_t)0x123456788;
    if (does("stage_small")) stages[0].struct_size = 8;
    if (does("stage_reserved")) stages[0].reserved = 1;
    if (does("stage_no_create")) stages[0].create = 0;
    if (does("stage_no_destroy")) stages[0].destroy = 0;
    if (does("stage_wild")) stages[0].describe = (int32_t (*)(const cd_host *))(uintptr_t)0x123456788;
}
