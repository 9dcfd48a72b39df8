package org.outpost.server.web.device;

import org.jspecify.annotations.Nullable;
import org.outpost.access.Names;
import org.outpost.gateway.tunnel.JunkUuid;
import org.outpost.inventory.label.DeviceLabel;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;

import tools.jackson.databind.JsonNode;

import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/**
 * What somebody wants to say of a device; what is left out stays. Fields are those of Open DMT's
 * MPS.
 *
 * @param guid the device
 * @param hostname at most 255 characters
 * @param friendlyName how people call it; a line of at most 200 characters
 * @param dnsSuffix of the network where it is at home
 * @param tenantId whose it is
 * @param tags at most 64, without commas
 * @param deviceInfo an object of at most 16,384 characters
 */
record DeviceChange(
        @Nullable String guid,
        @Nullable String hostname,
        @Nullable String friendlyName,
        @Nullable String dnsSuffix,
        @Nullable String tenantId,
        @Nullable List<String> tags,
        @Nullable JsonNode deviceInfo) {
    private static final int LONGEST_HOST_NAME = 255;
    private static final int MOST_TAGS = 64;
    private static final int LONGEST_INFO = 16_384;

    /**
     * The device.
     *
     * @throws org.springframework.web.ErrorResponseException 400 when it is none
     */
    UUID device() {
        if (guid == null) {
            throw Answers.invalid(Invalid.inBody("guid", "Invalid value"));
        }
        UUID id;
        try {
            id = UUID.fromString(guid);
        } catch (IllegalArgumentException e) {
            throw Answers.invalid(Invalid.inBody("guid", "Invalid value"));
        }
        if (JunkUuid.isJunk(id)) {
            throw Answers.invalid(
                    Invalid.inBody(
                            "guid",
                            "This UUID is no device's own: makers of boards forgot to set it"));
        }
        return id;
    }

    /**
     * Looks whether all that is said can be.
     *
     * @throws org.springframework.web.ErrorResponseException 400 when something cannot
     */
    void check() {
        if (hostname != null && hostname.length() > LONGEST_HOST_NAME) {
            throw Answers.invalid(
                    Invalid.inBody("hostname", "Hostname must be less than 256 characters"));
        }
        Answers.bounded("tags", tags, MOST_TAGS);
        if (tags != null) {
            for (String tag : tags) {
                if (Names.line("tags", tag).isEmpty() || tag.contains(",")) {
                    throw Answers.invalid(
                            Invalid.inBody("tags", "A tag is not empty and has no comma"));
                }
            }
        }
        line("hostname", hostname);
        line("friendlyName", friendlyName);
        line("dnsSuffix", dnsSuffix);
        if (deviceInfo != null && !deviceInfo.isNull()) {
            if (!deviceInfo.isObject()) {
                throw Answers.invalid(
                        Invalid.inBody("deviceInfo", "deviceInfo should be an object if provided"));
            }
            if (deviceInfo.toString().length() > LONGEST_INFO) {
                throw Answers.invalid(
                        Invalid.inBody(
                                "deviceInfo", "At most " + LONGEST_INFO + " characters of JSON"));
            }
        }
    }

    private static void line(String field, @Nullable String text) {
        if (text != null) {
            Names.line(field, text);
        }
    }

    /** The tags that the device did not have. */
    List<String> added(DeviceLabel former) {
        return tags == null
                ? List.of()
                : tags.stream().filter(tag -> !former.tags().contains(tag)).toList();
    }

    /** What is said of the device then. */
    DeviceLabel of(DeviceLabel former, String tenant) {
        return new DeviceLabel(
                former.id(),
                tenant,
                hostname == null ? former.hostName() : hostname.strip(),
                friendlyName == null ? former.friendlyName() : friendlyName.strip(),
                dnsSuffix == null ? former.dnsSuffix() : dnsSuffix.strip(),
                tags == null
                        ? former.tags()
                        : new HashSet<>(tags.stream().map(String::strip).toList()),
                deviceInfo == null || deviceInfo.isNull() ? former.info() : deviceInfo.toString());
    }
}
