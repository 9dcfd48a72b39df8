package org.outpost.server.web.setting;

import org.outpost.access.right.Verb;
import org.outpost.server.configuration.RunningSettings;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Listing;
import org.outpost.server.web.security.Needs;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

/** The settings that count. They are changed where they are written. */
@RestController
@RequestMapping("/api/v1/settings")
public final class SettingController {
    private final RunningSettings settings;

    /** Shows these. */
    public SettingController(RunningSettings settings) {
        this.settings = settings;
    }

    /**
     * All of them, defaults included.
     *
     * @param under only keys that begin so, such as {@code tunnel.}
     * @param written only those that are no defaults
     */
    @GetMapping
    @Needs(value = Verb.ADMIN, over = Needs.Over.EVERYTHING)
    Listing<SettingView> settings(
            @RequestParam(defaultValue = "") String under,
            @RequestParam(defaultValue = "false") boolean written) {
        List<SettingView> found =
                settings.all().stream()
                        .filter(setting -> setting.path().startsWith(under))
                        .filter(setting -> !written || setting.isWritten())
                        .map(SettingView::of)
                        .toList();
        return new Listing<>(found, found.size());
    }

    @GetMapping("/{path}")
    @Needs(value = Verb.ADMIN, over = Needs.Over.EVERYTHING)
    SettingView setting(@PathVariable String path) {
        return settings.all().stream()
                .filter(setting -> setting.path().equals(path))
                .map(SettingView::of)
                .findFirst()
                .orElseThrow(
                        () ->
                                Answers.problem(
                                        HttpStatus.NOT_FOUND,
                                        "No setting has this path; see: outpost settings list"));
    }
}
