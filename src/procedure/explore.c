/* Every situation a matter can be in, from its opening on: its state, its clocks, the records made. */
#include "procedure/inner/model.h"

#define NODES_MAX 20000
#define EDGES_MAX 400000

struct node {
        int state;
        uint32_t runs, stopped; /* clocks; one in neither was never started, or may start as if it never was */
        uint64_t records;
        int32_t parent; /* the node it was first reached from, -1 = opening */
        int32_t action; /* by which action */
        bool ends;      /* an end can be reached from here */
};
struct edge {
        int32_t from, to;
};

struct search {
        struct model *m;
        struct node *node;
        int32_t n_nodes, cap_nodes;
        struct edge *edge;
        int32_t n_edges, cap_edges;
        int32_t *slot;       /* node + 1; 0 = free; four times cap_nodes */
        uint32_t again;      /* clocks that may start anew after a stop */
        uint32_t forgets;    /* of these, the ones that no action resumes: that they were stopped matters to nobody */
        uint32_t sign, owed; /* clocks of kind sign; those that must run beside them */
        uint32_t ours;       /* clocks of what comes after signing */
        uint64_t used;       /* actions that led somewhere */
        uint32_t told_record, told_watch, told_late, told_end; /* states a finding was given for */
        uint64_t told_start;                                   /* actions likewise */
};

/* As clock_set_step does it. That a clock has been stopped matters only where it may not start again, or may be resumed. */
static void run_clocks(const struct search *s, struct node *n, const struct outcome *o)
{
        uint32_t stops = o->stop & n->runs;
        n->runs &= ~stops;
        n->stopped |= stops & ~s->forgets;
        uint32_t goes = (o->resume & n->stopped) | (o->start & (~n->stopped | s->again));
        n->runs |= goes;
        n->stopped &= ~goes;
        /* An end stops them all, and which ran before no longer matters. */
        if (s->m->p->state[n->state].final)
                n->runs = n->stopped = 0;
}

static int32_t *slot_of(struct search *s, const struct node *n)
{
        uint64_t h = ((uint64_t)n->state << 59) ^ ((uint64_t)n->runs << 32) ^ ((uint64_t)n->stopped << 12) ^ n->records;
        h *= UINT64_C(0x9e3779b97f4a7c15);
        for (uint64_t i = h >> 40;; i++) {
                int32_t *slot = &s->slot[i & (uint64_t)(4 * s->cap_nodes - 1)];
                const struct node *x = *slot ? &s->node[*slot - 1] : NULL;
                if (!x || (x->state == n->state && x->runs == n->runs && x->stopped == n->stopped && x->records == n->records))
                        return slot;
        }
}

/* Most procedures have a few hundred situations, some have very many: begin small. */
static void more_nodes(struct search *s)
{
        int32_t cap = s->cap_nodes ? 2 * s->cap_nodes : 256;
        struct node *node = arena_array(s->m->arena, struct node, (size_t)cap);
        if (s->n_nodes > 0)
                memcpy(node, s->node, (size_t)s->n_nodes * sizeof *node);
        s->node = node;
        s->cap_nodes = cap;
        s->slot = arena_array(s->m->arena, int32_t, 4 * (size_t)cap);
        for (int32_t i = 0; i < s->n_nodes; i++)
                *slot_of(s, &node[i]) = i + 1;
}

static void edge_add(struct search *s, int32_t from, int32_t to)
{
        if (s->n_edges == s->cap_edges) {
                int32_t cap = s->cap_edges ? 2 * s->cap_edges : 1024;
                struct edge *edge = arena_array(s->m->arena, struct edge, (size_t)cap);
                if (s->n_edges > 0)
                        memcpy(edge, s->edge, (size_t)s->n_edges * sizeof *edge);
                s->edge = edge;
                s->cap_edges = cap;
        }
        s->edge[s->n_edges++] = (struct edge){ from, to };
}

/* The actions that lead to @at, first to last: "submit > sign > answer". */
static const char *way(const struct search *s, int32_t at)
{
        enum { STEPS = 24 };
        const struct procedure *p = s->m->p;
        int32_t step[STEPS];
        int n = 0;
        for (; at >= 0 && n < STEPS; at = s->node[at].parent)
                step[n++] = at;
        struct str text = at >= 0 ? STR("… > ") : STR("");
        while (n-- > 0) {
                const struct node *x = &s->node[step[n]];
                text = str_printf(s->m->arena, "%s%s (%s)%s", text.p, p->action[x->action].code.p,
                                  p->state[x->state].code.p, n ? " > " : "");
        }
        return text.p;
}

static bool once(uint32_t *told, int state)
{
        bool first = !(*told >> state & 1);
        *told |= UINT32_C(1) << state;
        return first;
}

/* What must be true of every situation. */
static void judge(struct search *s, int32_t at)
{
        const struct procedure *p = s->m->p;
        const struct node *n = &s->node[at];
        const struct procedure_state *state = &p->state[n->state];
        uint64_t missing = state->after & ~n->records;
        for (int i = 0; missing && i < RECORD_COUNT; i++)
                if ((missing >> i & 1) && once(&s->told_record, n->state))
                        model_error(s->m, "procedure.record-missing", state->line, "可以不经“%2$s”就到“%1$s”：%3$s",
                                    "\"%1$s\" can be reached without the record \"%2$s\": %3$s", state->code.p,
                                    procedure_records[i].name, way(s, at));
        if (state->final || state->watch < 0)
                return;
        if (!(n->runs >> state->watch & 1) && once(&s->told_watch, n->state))
                model_error(s->m, "procedure.unwatched", state->line, "“%1$s”状态下时限“%2$s”没有在走：%3$s",
                            "In \"%1$s\" the clock \"%2$s\" does not run: %3$s", state->code.p,
                            p->clock[state->watch].code.p, way(s, at));
        if ((n->runs & s->sign) && (s->owed & ~n->runs) && once(&s->told_late, n->state))
                model_error(s->m, "procedure.late-clock", state->line,
                            "“%1$s”等待签收时，承诺和法定时限必须已经在走（派单起算，不得自签收起算）：%2$s",
                            "While \"%1$s\" waits to be signed for, the promised and statutory clocks must run "
                            "already: %2$s",
                            state->code.p, way(s, at));
}

static void judge_start(struct search *s, const struct node *before, const struct node *after, int32_t at, int action)
{
        uint32_t begun = after->runs & ~before->runs;
        bool signs = (before->runs & s->sign) && !(after->runs & s->sign);
        if (!signs || !(begun & s->ours) || (s->told_start >> action & 1))
                return;
        s->told_start |= UINT64_C(1) << action;
        const struct procedure_action *a = &s->m->p->action[action];
        model_error(s->m, "procedure.starts-at-sign", a->line,
                    "动作“%1$s”签收时才开始计时；居民的时限须自派单起算：%2$s",
                    "Action \"%1$s\" starts a clock at sign-for; what is owed to the reporter runs from dispatch: %2$s",
                    a->code.p, way(s, at));
}

static void visit(struct search *s, int32_t parent, int action, struct node n)
{
        if (s->n_nodes == s->cap_nodes)
                more_nodes(s);
        int32_t *slot = slot_of(s, &n);
        bool fresh = *slot == 0;
        if ((fresh && s->n_nodes == NODES_MAX) || s->n_edges == EDGES_MAX) {
                model_too_big(s->m, 1);
                return;
        }
        if (fresh) {
                n.parent = parent;
                n.action = action;
                n.ends = s->m->p->state[n.state].final;
                s->node[s->n_nodes++] = n;
                *slot = s->n_nodes;
        }
        s->used |= UINT64_C(1) << action;
        if (parent >= 0)
                edge_add(s, parent, *slot - 1);
        if (fresh)
                judge(s, *slot - 1);
}

static void follow(struct search *s, int32_t from, int action)
{
        const struct outcomes *of = &s->m->of[action];
        for (size_t i = 0; i < of->n && !s->m->too_big; i++) {
                struct node before = from >= 0 ? s->node[from] : (struct node){ .state = STATE_NONE }, n = before;
                if (of->row[i].to != STATE_SAME)
                        n.state = of->row[i].to;
                if (n.state < 0)
                        continue; /* opens nothing: said elsewhere */
                if (s->m->p->action[action].reopens)
                        n.records = 0; /* what was answered and told before is not enough for the next end */
                n.records |= of->row[i].records;
                run_clocks(s, &n, &of->row[i]);
                visit(s, from, action, n);
                if (from >= 0)
                        judge_start(s, &before, &n, from, action);
        }
}

static void walk(struct search *s)
{
        const struct procedure *p = s->m->p;
        for (size_t a = 0; a < p->n_actions; a++)
                if (p->action[a].opens)
                        follow(s, -1, (int)a);
        for (int32_t at = 0; at < s->n_nodes && !s->m->too_big; at++)
                for (size_t a = 0; a < p->n_actions; a++)
                        if (p->action[a].from >> s->node[at].state & 1)
                                follow(s, at, (int)a);
}

/* Mark what can reach an end, backwards until nothing changes. Situations were found breadth first, so
 * going from the last edge to the first settles nearly all in one sweep. */
static void mark_ends(struct search *s)
{
        for (bool more = true; more;) {
                more = false;
                for (int32_t i = s->n_edges; i-- > 0;) {
                        struct node *from = &s->node[s->edge[i].from];
                        if (from->ends || !s->node[s->edge[i].to].ends)
                                continue;
                        from->ends = more = true;
                }
        }
}

static void report(struct search *s)
{
        const struct procedure *p = s->m->p;
        uint32_t seen = 0;
        for (int32_t i = 0; i < s->n_nodes; i++) {
                const struct node *n = &s->node[i];
                seen |= UINT32_C(1) << n->state;
                if (!n->ends && once(&s->told_end, n->state))
                        model_error(s->m, "procedure.no-end", p->state[n->state].line, "从“%1$s”走不到任何终点：%2$s",
                                    "No end can be reached from \"%1$s\": %2$s", p->state[n->state].code.p, way(s, i));
        }
        for (size_t i = 0; i < p->n_states; i++)
                if (!(seen >> i & 1))
                        model_error(s->m, "procedure.state-unreachable", p->state[i].line, "没有路径能到状态“%s”",
                                    "No way leads to state \"%s\"", p->state[i].code.p);
        for (size_t i = 0; i < p->n_actions; i++)
                if (!(s->used >> i & 1))
                        model_error(s->m, "procedure.action-never", p->action[i].line, "动作“%s”永远做不了",
                                    "Action \"%s\" can never be done", p->action[i].code.p);
}

void model_explore(struct model *m)
{
        struct search *s = arena_new(m->arena, struct search);
        s->m = m;
        more_nodes(s);
        for (size_t i = 0; i < m->p->n_clocks; i++) {
                enum clock_kind kind = m->p->clock[i].kind;
                s->sign |= (uint32_t)(kind == CLOCK_SIGN) << i;
                s->owed |= (uint32_t)(kind == CLOCK_PROMISED || kind == CLOCK_STATUTORY) << i;
                s->ours |= (uint32_t)(kind > CLOCK_SIGN) << i;
                s->again |= (uint32_t)m->p->clock[i].restarts << i;
        }
        s->forgets = s->again;
        for (size_t a = 0; a < m->p->n_actions; a++)
                for (size_t i = 0; i < m->of[a].n; i++)
                        s->forgets &= ~m->of[a].row[i].resume;
        walk(s);
        if (m->too_big)
                return;
        mark_ends(s);
        report(s);
}
