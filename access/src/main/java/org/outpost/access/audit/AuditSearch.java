package org.outpost.access.audit;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.outpost.access.audit.AuditReader.Span;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A query of the trail as SQL. Where no index leads to what is asked for, one query looks at
 * {@value #WINDOW} entries at most, so that nobody occupies a connection for long; the next page
 * goes on behind them.
 */
final class AuditSearch {
    private static final int WINDOW = 200_000;
    private static final String WORDS =
            "target || ' ' || reason || ' ' || ticket || ' ' || status || ' ' || details";

    private final AuditQuery query;
    private final int window;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    AuditSearch(AuditQuery query) {
        this(query, WINDOW);
    }

    AuditSearch(AuditQuery query, int window) {
        this.query = query;
        this.window = window;
        among("tenant", "tenant", query.tenants() == null ? null : List.copyOf(query.tenants()));
        if (query.from() != null) {
            where("time >= :from", "from", query.from().toEpochMilli());
        }
        if (query.to() != null) {
            where("time < :to", "to", query.to().toEpochMilli());
        }
        if (query.user() != null) {
            where("user_name = :user", "user", AuditText.bounded(query.user(), 256));
        }
        if (query.device() != null) {
            where("device = :device", "device", query.device().toString());
        }
        String action = query.action();
        if (action != null && action.endsWith(".")) {
            where("action LIKE :action ESCAPE '!'", "action", escaped(action) + "%");
        } else if (action != null) {
            where("action = :action", "action", storable(action));
        }
        if (!query.results().isEmpty()) {
            among("result", "result", query.results().stream().map(AuditResult::label).toList());
        }
        if (query.text() != null) {
            where(
                    "LOWER(" + WORDS + ") LIKE LOWER(:text) ESCAPE '!'",
                    "text",
                    "%" + escaped(query.text()) + "%");
        }
        if (query.before() != null) {
            where("sequence < :before", "before", query.before());
        }
    }

    private void where(String condition, String name, Object value) {
        conditions.add(condition);
        values.put(name, value);
    }

    private void among(String column, String prefix, @Nullable List<String> some) {
        if (some == null) {
            return;
        }
        List<String> names = new ArrayList<>();
        for (String value : some) {
            String name = prefix + names.size();
            names.add(":" + name);
            values.put(name, storable(value));
        }
        conditions.add(
                names.isEmpty() ? "1 = 0" : column + " IN (" + String.join(", ", names) + ")");
    }

    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private static String escaped(String text) {
        return storable(text).replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    AuditPage run(Handle handle) {
        Span kept = AuditTable.span(handle).orElse(null);
        if (kept == null) {
            return new AuditPage(List.of(), 0, null);
        }
        boolean indexed = query.device() != null || query.user() != null;
        long end = query.before() == null ? kept.last() + 1 : query.before();
        long begin = indexed ? kept.first() : Math.max(kept.first(), end - window);
        where("sequence >= :begin", "begin", begin);
        Query sql =
                handle.createQuery(
                        "SELECT * FROM audit_entry WHERE "
                                + String.join(" AND ", conditions)
                                + " ORDER BY sequence DESC LIMIT :top");
        List<AuditRow> rows =
                sql.bindMap(values).bind("top", query.top() + 1).map(AuditTable.ROW).list();
        boolean more = rows.size() > query.top();
        List<AuditRow> page = more ? rows.subList(0, query.top()) : rows;
        List<AuditRow.Good> entries = new ArrayList<>();
        for (AuditRow row : page) {
            if (row instanceof AuditRow.Good good) {
                entries.add(good);
            }
        }
        @Nullable Long next = null;
        if (more) {
            next = page.getLast().sequence();
        } else if (begin > kept.first()) {
            next = begin;
        }
        return new AuditPage(List.copyOf(entries), page.size() - entries.size(), next);
    }
}
