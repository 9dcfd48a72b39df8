package org.outpost.server.configuration;

import org.outpost.server.configuration.binding.Change;
import org.outpost.server.configuration.binding.ConfigurationReader.Effective;
import org.outpost.server.configuration.binding.EffectiveSettings;
import org.outpost.server.configuration.binding.Setting;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The settings that count in a running server: those of its start, and of the keys for which the
 * configuration file is followed, those that were read last. Thread-safe.
 */
public final class RunningSettings {
    private final Effective<Configuration> start;
    private volatile Effective<Configuration> last;

    /** Begins with those of the start. */
    public RunningSettings(Effective<Configuration> start) {
        this.start = start;
        this.last = start;
    }

    /** The file was read again, and is good. */
    public void readAgain(Effective<Configuration> now) {
        last = now;
    }

    /** All of them, in the order of the reference. */
    public List<Setting> all() {
        List<Setting> followed =
                EffectiveSettings.of(last).stream().filter(RunningSettings::isFollowed).toList();
        List<Setting> all = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (Setting setting : EffectiveSettings.of(start)) {
            String key = key(setting);
            if (!isFollowed(setting)) {
                all.add(setting);
            } else if (told.add(key)) {
                followed.stream().filter(one -> key(one).equals(key)).forEach(all::add);
            }
        }
        return all;
    }

    private static boolean isFollowed(Setting setting) {
        return setting.change() == Change.CONFIGURATION_FILE;
    }

    /** The key that holds a list, whatever entry of it is meant. */
    private static String key(Setting setting) {
        int entry = setting.path().indexOf('[');
        return entry < 0 ? setting.path() : setting.path().substring(0, entry);
    }
}
