package org.outpost.server.web.device;

import org.jspecify.annotations.Nullable;
import org.outpost.inventory.label.DeviceLabel;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which devices to list, by what people said of them.
 *
 * @param tags empty for any
 * @param allTags whether a device must bear all of them, or one
 * @param friendlyName exactly; null for any
 */
record DeviceFilter(Set<String> tags, boolean allTags, @Nullable String friendlyName) {
    static DeviceFilter of(
            @Nullable String tags, @Nullable String method, @Nullable String friendlyName) {
        Set<String> wanted =
                tags == null
                        ? Set.of()
                        : Arrays.stream(tags.split(",", -1))
                                .map(String::strip)
                                .filter(tag -> !tag.isEmpty())
                                .collect(Collectors.toSet());
        return new DeviceFilter(wanted, "AND".equals(method), friendlyName);
    }

    boolean passes(DeviceLabel label) {
        boolean tagged =
                tags.isEmpty()
                        || (allTags
                                ? label.tags().containsAll(tags)
                                : tags.stream().anyMatch(label.tags()::contains));
        return tagged && (friendlyName == null || friendlyName.equals(label.friendlyName()));
    }
}
