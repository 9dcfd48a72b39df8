package org.outpost.access.audit;

import org.jspecify.annotations.Nullable;
import org.outpost.access.audit.AuditLine.Checkpoint;
import org.outpost.access.audit.AuditLine.Entry;
import org.outpost.access.audit.AuditLine.Header;
import org.outpost.access.audit.AuditLine.Hidden;
import org.outpost.access.audit.AuditLine.Seal;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.DateTimeException;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Lines of the trail as JSON, each in exactly one way: a line that was read and is written again is
 * the same to the byte, or it is refused. So nothing can be changed in a file unseen.
 */
public final class AuditJson {
    /** How long a line may be, in bytes; no line that is written here comes near. */
    public static final int LONGEST_LINE = 128 * 1024;

    private static final String FORMAT = "outpost-audit/1";
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(4)
                                                    .maxNumberLength(20)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private AuditJson() {}

    /** Writes a line, without a line end. */
    public static String write(AuditLine line) {
        ObjectNode node = MAPPER.createObjectNode();
        switch (line) {
            case Entry entry -> write(entry, node);
            case Hidden hidden ->
                    node.put("kind", "hidden")
                            .put("sequence", hidden.sequence())
                            .put("digest", hidden.digest())
                            .put("previous", hidden.previous())
                            .put("hash", hidden.hash());
            case Checkpoint checkpoint ->
                    node.put("kind", "checkpoint")
                            .put("sequence", checkpoint.sequence())
                            .put("hash", checkpoint.hash())
                            .put("time", AuditHash.time(checkpoint.time()))
                            .put("key", checkpoint.key())
                            .put("signature", checkpoint.signature());
            case Header header -> {
                node.put("kind", "export")
                        .put("format", FORMAT)
                        .put("time", AuditHash.time(header.time()));
                ArrayNode tenants = node.putArray("tenants");
                header.tenants().forEach(tenants::add);
            }
            case Seal seal ->
                    node.put("kind", "seal")
                            .put("lines", seal.lines())
                            .put("sha256", seal.sha256())
                            .put("time", AuditHash.time(seal.time()))
                            .put("key", seal.key())
                            .put("signature", seal.signature());
        }
        return MAPPER.writeValueAsString(node);
    }

    private static void write(Entry entry, ObjectNode node) {
        AuditDraft what = entry.what();
        node.put("kind", "entry")
                .put("sequence", entry.sequence())
                .put("time", AuditHash.time(entry.time()))
                .put("user", what.actor().user())
                .put("method", what.actor().method())
                .put("address", what.actor().address())
                .put("tenant", what.tenant())
                .put("action", what.action())
                .put("device", what.device() == null ? "" : what.device().toString())
                .put("target", what.target())
                .put("reason", what.reason())
                .put("ticket", what.ticket())
                .put("result", what.result().label())
                .put("status", what.status());
        ObjectNode details = node.putObject("details");
        what.details().forEach(details::put);
        node.put("salt", entry.salt()).put("previous", entry.previous()).put("hash", entry.hash());
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException when it is not one that {@link #write} writes; the message
     *     says why
     */
    public static AuditLine read(String text) {
        AuditLine line;
        try {
            line = line(MAPPER.readTree(text));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("it holds a time that is none", e);
        }
        if (!write(line).equals(text)) {
            throw new IllegalArgumentException("it is not written as Outpost writes it");
        }
        return line;
    }

    private static AuditLine line(@Nullable JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            throw new IllegalArgumentException("it is no JSON object");
        }
        String kind = text(object, "kind");
        return switch (kind) {
            case "entry" -> entry(object);
            case "hidden" ->
                    new Hidden(
                            number(object, "sequence"),
                            hash(object, "digest"),
                            hash(object, "previous"),
                            hash(object, "hash"));
            case "checkpoint" ->
                    new Checkpoint(
                            number(object, "sequence"),
                            hash(object, "hash"),
                            AuditHash.time(text(object, "time")),
                            text(object, "key"),
                            text(object, "signature"));
            case "export" -> new Header(AuditHash.time(text(object, "time")), tenants(object));
            case "seal" ->
                    new Seal(
                            number(object, "lines"),
                            hash(object, "sha256"),
                            AuditHash.time(text(object, "time")),
                            text(object, "key"),
                            text(object, "signature"));
            default -> throw new IllegalArgumentException("its kind is not known");
        };
    }

    private static Entry entry(ObjectNode node) {
        String device = text(node, "device");
        AuditDraft what =
                new AuditDraft(
                        new Actor(text(node, "user"), text(node, "method"), text(node, "address")),
                        text(node, "tenant"),
                        text(node, "action"),
                        device.isEmpty() ? null : UUID.fromString(device),
                        text(node, "target"),
                        text(node, "reason"),
                        text(node, "ticket"),
                        AuditResult.of(text(node, "result")),
                        text(node, "status"),
                        details(node.get("details")));
        return new Entry(
                number(node, "sequence"),
                AuditHash.time(text(node, "time")),
                what,
                text(node, "salt"),
                hash(node, "previous"),
                hash(node, "hash"));
    }

    private static SortedSet<String> tenants(ObjectNode node) {
        SortedSet<String> tenants = new TreeSet<>();
        JsonNode array = node.get("tenants");
        if (array == null || !array.isArray()) {
            throw new IllegalArgumentException("it has no \"tenants\"");
        }
        array.forEach(tenant -> tenants.add(tenant.isString() ? tenant.stringValue() : ""));
        return tenants;
    }

    /** Details as the database keeps them. */
    static String writeDetails(SortedMap<String, String> details) {
        return details.isEmpty() ? "{}" : MAPPER.writeValueAsString(details);
    }

    /**
     * Reads {@link #writeDetails}.
     *
     * @throws IllegalArgumentException when it is something else
     */
    static SortedMap<String, String> readDetails(String json) {
        try {
            return "{}".equals(json) ? new TreeMap<>() : details(MAPPER.readTree(json));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the details are no JSON", e);
        }
    }

    private static SortedMap<String, String> details(@Nullable JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            throw new IllegalArgumentException("it has no \"details\"");
        }
        SortedMap<String, String> details = new TreeMap<>();
        object.forEachEntry((key, value) -> details.put(key, text(object, key)));
        return details;
    }

    private static String text(ObjectNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null || !value.isString()) {
            throw new IllegalArgumentException("it has no text \"" + name + "\"");
        }
        return value.stringValue();
    }

    private static String hash(ObjectNode node, String name) {
        String value = text(node, name);
        if (!HASH.matcher(value).matches()) {
            throw new IllegalArgumentException("its \"" + name + "\" is no hash");
        }
        return value;
    }

    private static long number(ObjectNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException("it has no number \"" + name + "\"");
        }
        return value.longValue();
    }
}
