package org.outpost.server.command;

import picocli.CommandLine.Command;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code outpost device info}. */
@Command(
        name = "info",
        description = {
            "Show what a device is: AMT version, power, features, network and hardware, asked of it"
                    + " now.",
            ""
        },
        mixinStandardHelpOptions = true)
final class DeviceInfoCommand extends AmtDeviceCommand {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    /** What AMT tells of an interface that is not there. */
    private static final String NO_MAC = "00-00-00-00-00-00";

    private static final String POWER = "power";
    private static final String VERSION = "version";
    private static final String SETTINGS = "generalSettings";
    private static final String FEATURES = "features";
    private static final String NETWORK = "network";
    private static final String HARDWARE = "hardware";

    @Override
    void run(AmtDevice device) throws CommandFailedException {
        ObjectNode all = new JsonMapper().createObjectNode();
        all.put("guid", device.guid());
        // The first tells that the device can be asked; what it lacks of the others is left out.
        all.set(POWER, device.get("power", "state"));
        section(all, VERSION, () -> device.get("version"));
        section(all, SETTINGS, () -> device.get("generalSettings").path("Body"));
        section(all, FEATURES, () -> device.get("features"));
        section(all, NETWORK, () -> device.get("networkSettings"));
        section(all, HARDWARE, () -> device.get("inventory"));
        if (json()) {
            print(all);
        } else {
            print(device, all);
        }
    }

    private interface Reading {
        JsonNode read() throws CommandFailedException;
    }

    private static void section(ObjectNode all, String name, Reading reading)
            throws CommandFailedException {
        try {
            all.set(name, reading.read());
        } catch (ApiProblemException e) {
            boolean lacks = e.status() == BAD_REQUEST || e.status() == NOT_FOUND;
            if (!lacks || e.code().equals("offline")) {
                throw e;
            }
            all.putObject(name).put("missing", e.sentences());
        }
    }

    private void print(AmtDevice device, ObjectNode all) {
        Fields fields = new Fields();
        fields.add("Name", device.name());
        fields.add("GUID", device.guid());
        fields.add("Power", DevicePower.words(all.path(POWER).path("powerstate").asInt(0)));
        amt(fields, all);
        JsonNode features = all.path(FEATURES);
        if (isThere(fields, "Features", features)) {
            DeviceFeaturesCommand.add(fields, features);
        }
        JsonNode network = all.path(NETWORK);
        if (isThere(fields, "Network", network)) {
            port(fields, "Wired", network.path("wired"));
            port(fields, "Wireless", network.path("wireless"));
        }
        JsonNode hardware = all.path(HARDWARE);
        if (isThere(fields, "Hardware", hardware)) {
            new HardwareFields(fields).add(hardware);
        }
        fields.print(out());
    }

    /** Adds why, when it is not. */
    private static boolean isThere(Fields fields, String name, JsonNode section) {
        if (section.has("missing")) {
            fields.add(name, section.path("missing").asString(""));
            return false;
        }
        return true;
    }

    private static void amt(Fields fields, ObjectNode all) {
        JsonNode version = all.path(VERSION);
        if (isThere(fields, "AMT", version)) {
            fields.add("AMT", versionOf(version));
        }
        JsonNode settings = all.path(SETTINGS);
        if (isThere(fields, "AMT name", settings)) {
            String host = settings.path("HostName").asString("");
            String domain = settings.path("DomainName").asString("");
            fields.add("AMT name", domain.isEmpty() ? host : host + "." + domain);
        }
    }

    private static String versionOf(JsonNode version) {
        for (JsonNode software : version.path("CIM_SoftwareIdentity").path("responses")) {
            if (software.path("InstanceID").asString("").equals("AMT")) {
                return software.path("VersionString").asString("");
            }
        }
        return "";
    }

    private static void port(Fields fields, String name, JsonNode port) {
        String mac = port.path("macAddress").asString("");
        if (!port.isObject() || NO_MAC.equals(mac)) {
            return;
        }
        fields.add(name, port.path("linkIsUp").asBoolean(false) ? "link up" : "no link");
        fields.add("  MAC", mac);
        String address = port.path("ipAddress").asString("");
        String origin = port.path("dhcpEnabled").asBoolean(false) ? " (DHCP)" : " (static)";
        fields.add("  address", address.isEmpty() ? "" : address + origin);
        fields.add("  gateway", port.path("defaultGateway").asString(""));
        fields.add("  DNS", port.path("primaryDNS").asString(""));
    }
}
