package org.outpost.simulator.identity;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes device profiles: the same seed, prefix, domain and generations always make the same ones.
 */
public final class Population {
    /** Domain of made-up host names; {@code .test} is reserved by RFC 2606. */
    public static final String DEFAULT_DOMAIN = "example.test";

    /** First part of made-up host names. */
    public static final String DEFAULT_PREFIX = "pc";

    private static final Duration USUAL_KEEP_ALIVE = Duration.ofSeconds(30);
    private static final Duration RARE_KEEP_ALIVE = Duration.ofSeconds(90);
    private static final List<Trigger> TRIGGERS =
            List.of(
                    Trigger.PERIODIC,
                    Trigger.PERIODIC,
                    Trigger.PERIODIC,
                    Trigger.PERIODIC,
                    Trigger.PERIODIC,
                    Trigger.PERIODIC,
                    Trigger.USER_INITIATED,
                    Trigger.ALERT);
    private static final List<PowerState> POWER =
            List.of(
                    PowerState.ON,
                    PowerState.ON,
                    PowerState.ON,
                    PowerState.ON,
                    PowerState.STANDBY,
                    PowerState.OFF);

    private final String seed;
    private final String prefix;
    private final String domain;
    private final List<Generation> generations;

    /**
     * A population.
     *
     * @param seed any text
     * @param prefix first part of the host names
     * @param domain what follows the host names; may be empty
     * @param generations dealt out in turn; not empty
     */
    public Population(String seed, String prefix, String domain, List<Generation> generations) {
        this.seed = seed;
        this.prefix = prefix.toLowerCase(Locale.ROOT);
        this.domain = domain.toLowerCase(Locale.ROOT);
        this.generations = List.copyOf(generations);
    }

    /** The devices with the numbers {@code first} to {@code first + count - 1}. */
    public Stream<DeviceProfile> devices(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(this::device);
    }

    /** The device with this number, from 1. */
    public DeviceProfile device(int index) {
        if (index < 1) {
            throw new IllegalArgumentException("devices are numbered from 1: " + index);
        }
        SeededValues values = new SeededValues(seed, index);
        // In turn, not at random: a fleet of a dozen already shows every generation.
        Generation generation = generations.get((index - 1) % generations.size());
        String hostName = String.format(Locale.ROOT, "%s-%04d", prefix, index);
        return new DeviceProfile(
                index,
                uuid(values),
                hostName,
                domain.isEmpty() ? hostName : hostName + '.' + domain,
                generation,
                AmtVersion.of(values.oneOf("version", generation.versions())),
                "Digest:" + values.hex("realm", 32),
                values.hex("serial", 12),
                macAddress(values),
                values.oneOf("trigger", TRIGGERS),
                keepAlive(generation, values),
                values.oneOf("power", POWER));
    }

    private static Duration keepAlive(Generation generation, SeededValues values) {
        boolean rare = generation == Generation.AMT_15_0 && values.number("keep-alive", 2) == 0;
        return rare ? RARE_KEEP_ALIVE : USUAL_KEEP_ALIVE;
    }

    private static UUID uuid(SeededValues values) {
        ByteBuffer bytes = ByteBuffer.wrap(values.bytes("uuid"));
        long high = (bytes.getLong() & ~0xF000L) | 0x4000L;
        long low = (bytes.getLong() & ~(0b11L << 62)) | (0b10L << 62);
        return new UUID(high, low);
    }

    private static String macAddress(SeededValues values) {
        byte[] bytes = values.bytes("mac");
        // Locally administered and unicast: it is nobody's card.
        bytes[0] = (byte) ((bytes[0] & ~0b01) | 0b10);
        return String.format(
                Locale.ROOT,
                "%02x-%02x-%02x-%02x-%02x-%02x",
                bytes[0],
                bytes[1],
                bytes[2],
                bytes[3],
                bytes[4],
                bytes[5]);
    }
}
