package org.outpost.inventory.job;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

import java.util.Map;

/** The parts of a job or schedule that the database keeps as JSON. */
public final class JobJson {
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS).build();
    private static final TypeReference<Map<DeviceState, Long>> COUNTS = new TypeReference<>() {};

    private JobJson() {}

    /** As JSON. */
    public static String write(Object part) {
        return JSON.writeValueAsString(part);
    }

    /** Reads what {@link #write} wrote. */
    public static JobTemplate template(String text) {
        return JSON.readValue(text, JobTemplate.class);
    }

    /** Reads what {@link #write} wrote. */
    public static JobOwner owner(String text) {
        return JSON.readValue(text, JobOwner.class);
    }

    static Map<DeviceState, Long> counts(String text) {
        return text.isEmpty() ? Map.of() : JSON.readValue(text, COUNTS);
    }
}
