package org.outpost.amt.operation.redirection;

import org.outpost.amt.operation.Stages;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.Invocation;
import org.outpost.amt.xml.Element;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** KVM's settings and the displays it shows (wsman.md section 7). */
public final class KvmService {
    /** Whose instance holds the settings. */
    public static final String SETTINGS = "IPS_KVMRedirectionSettingData";

    private static final int RFB_PASSWORD = 8;
    private static final int MOST_SCREENS = 4;

    private final AmtCalls calls;

    /** Asks through these calls. */
    public KvmService(AmtCalls calls) {
        this.calls = calls;
    }

    /** The settings. */
    public CompletionStage<KvmSettings> settings() {
        return calls.get(SETTINGS).thenApply(KvmSettings::of);
    }

    /**
     * Chooses the display that is shown first.
     *
     * @param index 0 to 3
     */
    public CompletionStage<KvmSettings> defaultScreen(int index) {
        if (index < 0 || index >= MOST_SCREENS) {
            throw new IllegalArgumentException("a display's index is 0 to 3");
        }
        return calls.update(SETTINGS, read -> read.with("DefaultScreen", index))
                .thenApply(KvmSettings::of);
    }

    /**
     * Opens the plain VNC port with a password of its own, or closes it.
     *
     * @param open whether it is open
     * @param password exactly eight characters with a digit, a special, an upper and a lower case
     *     one; not used when it closes
     */
    public CompletionStage<KvmSettings> port5900(boolean open, String password) {
        if (open && password.length() != RFB_PASSWORD) {
            throw new IllegalArgumentException("the VNC password has exactly 8 characters");
        }
        return calls.update(
                        SETTINGS,
                        read -> {
                            Element edited = read.with("Is5900PortEnabled", open);
                            return open ? edited.with("RFBPassword", password) : edited;
                        })
                .thenApply(KvmSettings::of);
    }

    /** Ends the session that somebody has open. */
    public CompletionStage<Element> terminate() {
        return calls.invoke(Invocation.of(AmtClass.of(SETTINGS), "TerminateSession"));
    }

    /** The displays. */
    public CompletionStage<List<Display>> displays() {
        CompletionStage<List<Element>> screens =
                Stages.listIfSupported(calls.enumerate("IPS_ScreenSettingData"));
        return calls.get(SETTINGS)
                .thenCombine(
                        screens,
                        (settings, list) -> {
                            int first = settings.integer("DefaultScreen").orElse(-1);
                            List<Display> displays = new ArrayList<>();
                            list.forEach(screen -> add(displays, screen, first));
                            return List.copyOf(displays);
                        });
    }

    private static void add(List<Display> displays, Element screen, int first) {
        List<Boolean> active = screen.flags("IsActive");
        List<Integer> left = screen.integers("UpperLeftX");
        List<Integer> top = screen.integers("UpperLeftY");
        List<Integer> width = screen.integers("ResolutionX");
        List<Integer> height = screen.integers("ResolutionY");
        for (int i = 0; i < active.size(); i++) {
            displays.add(
                    new Display(
                            i,
                            active.get(i),
                            at(left, i),
                            at(top, i),
                            at(width, i),
                            at(height, i),
                            role(screen, i),
                            i == first));
        }
    }

    private static int at(List<Integer> values, int index) {
        return index < values.size() ? values.get(index) : 0;
    }

    private static String role(Element screen, int index) {
        // The fourth is spelled as the firmware spells it.
        List<String> names =
                List.of("PrimaryIndex", "SecondaryIndex", "TertiaryIndex", "QuadraryIndex");
        List<String> roles = List.of("primary", "secondary", "tertiary", "quaternary");
        for (int i = 0; i < names.size(); i++) {
            if (screen.integer(names.get(i)).orElse(-1) == index) {
                return roles.get(i);
            }
        }
        return "";
    }
}
