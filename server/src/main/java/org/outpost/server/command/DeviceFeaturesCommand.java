package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code outpost device features}. */
@Command(
        name = "features",
        description = {
            "Show which features of AMT are on: screen (KVM), text console (SOL), drives (IDE-R),"
                    + " user consent, one-click recovery (OCR). With options: change them first;"
                    + " what is not named stays as it is.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost device features pc-0001",
            "  outpost device features pc-0001 --kvm on --sol on --consent kvm",
        },
        mixinStandardHelpOptions = true)
final class DeviceFeaturesCommand extends AmtDeviceCommand {
    private static final String ROUTE = "features";

    @Option(
            names = "--kvm",
            paramLabel = "on|off",
            converter = OnOff.Choice.class,
            completionCandidates = OnOff.Choice.class,
            description = "Screen, keyboard and mouse.")
    private @Nullable OnOff kvm;

    @Option(
            names = "--sol",
            paramLabel = "on|off",
            converter = OnOff.Choice.class,
            completionCandidates = OnOff.Choice.class,
            description = "Text console.")
    private @Nullable OnOff sol;

    @Option(
            names = "--ider",
            paramLabel = "on|off",
            converter = OnOff.Choice.class,
            completionCandidates = OnOff.Choice.class,
            description = "Drives that are lent.")
    private @Nullable OnOff ider;

    @Option(
            names = "--ocr",
            paramLabel = "on|off",
            converter = OnOff.Choice.class,
            completionCandidates = OnOff.Choice.class,
            description = "One-click recovery: booting from https, pba and winre.")
    private @Nullable OnOff ocr;

    @Option(
            names = "--consent",
            paramLabel = "none|kvm|all",
            converter = Consent.Choice.class,
            completionCandidates = Consent.Choice.class,
            description = "For what the user at the device has to agree first.")
    private @Nullable Consent consent;

    private enum Consent implements WordConverter.Word {
        NONE("none"),
        KVM("kvm"),
        ALL("all");

        private final String word;

        Consent(String word) {
            this.word = word;
        }

        static final class Choice extends WordConverter<Consent> {
            Choice() {
                super(Consent.values());
            }
        }

        @Override
        public String word() {
            return word;
        }
    }

    @Override
    void run(AmtDevice device) throws CommandFailedException {
        JsonNode now = device.get(ROUTE);
        if (kvm != null || sol != null || ider != null || ocr != null || consent != null) {
            device.post(wanted(now), ROUTE);
            now = device.get(ROUTE);
        }
        if (json()) {
            print(now);
        } else {
            Fields fields = new Fields();
            add(fields, now);
            fields.print(out());
        }
    }

    private Map<String, Object> wanted(JsonNode now) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put(
                "userConsent",
                consent == null ? now.path("userConsent").asString("") : consent.word());
        wanted.put("enableSOL", chosen(sol, now.path("SOL")));
        wanted.put("enableIDER", chosen(ider, now.path("IDER")));
        wanted.put("enableKVM", chosen(kvm, now.path("KVM")));
        if (ocr != null) {
            wanted.put("ocr", ocr == OnOff.ON);
        }
        return wanted;
    }

    private static boolean chosen(@Nullable OnOff wanted, JsonNode now) {
        return wanted == null ? now.asBoolean(false) : wanted == OnOff.ON;
    }

    /** Adds the features as the API tells them. */
    static void add(Fields fields, JsonNode features) {
        boolean kvmThere = features.path("kvmAvailable").asBoolean(true);
        fields.add("KVM", kvmThere ? state(features, "KVM") : "not in this device");
        fields.add("SOL", state(features, "SOL"));
        fields.add("IDE-R", state(features, "IDER"));
        fields.add("User consent", features.path("userConsent").asString(""));
        fields.add("Consent now", consentNow(features.path("optInState").asInt(0)));
        fields.add("Recovery", state(features, "ocr"));
        fields.add(
                "Remote erase",
                features.path("remoteEraseSupported").asBoolean(false)
                        ? state(features, "remoteErase")
                        : "not in this device");
    }

    private static String state(JsonNode features, String name) {
        return OnOff.of(features.path(name).asBoolean(false));
    }

    /** OptInState of IPS_OptInService. */
    private static String consentNow(int state) {
        return switch (state) {
            case 0 -> "not asked for";
            case 1 -> "asked for";
            case 2 -> "digits on the screen";
            case 3 -> "given";
            case 4 -> "given, in session";
            default -> "unknown (" + state + ")";
        };
    }
}
