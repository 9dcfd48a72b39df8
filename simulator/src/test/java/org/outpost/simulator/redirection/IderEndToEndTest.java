package org.outpost.simulator.redirection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.ider.DiskImage;
import org.outpost.amt.redirection.ider.DriveKind;
import org.outpost.amt.redirection.ider.FileImage;
import org.outpost.amt.redirection.ider.IderEnd;
import org.outpost.amt.redirection.ider.IderListener;
import org.outpost.amt.redirection.ider.IderSession;
import org.outpost.amt.redirection.ider.IderSettings;
import org.outpost.amt.redirection.ider.IderStatistics;
import org.outpost.simulator.machine.BootPlan;
import org.outpost.simulator.machine.BootSource;
import org.outpost.simulator.machine.ConsentPolicy;
import org.outpost.simulator.machine.PowerAction;
import org.outpost.simulator.redirection.ider.DriveExercise;
import org.outpost.testkit.image.TinyIso;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

class IderEndToEndTest {
    private final ExecutorService readers = Executors.newFixedThreadPool(2);
    private RedirectionRig rig = new RedirectionRig();
    private final Ears ears = new Ears();
    @TempDir private Path folder;

    private static final class Ears implements IderListener {
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private final CompletableFuture<IderStatistics> total = new CompletableFuture<>();

        @Override
        public void attached() {
            heard.add("attached");
        }

        @Override
        public void reset() {
            heard.add("reset");
        }

        @Override
        public void ended(IderEnd reason, IderStatistics statistics) {
            heard.add("ended " + reason.label());
            total.complete(statistics);
        }
    }

    @AfterEach
    void close() throws InterruptedException {
        rig.close();
        readers.shutdown();
        assertThat(readers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(IderSettings.Attach.class)
    void aCdIsBootedAndEveryByteOfTheBootImageArrives(IderSettings.Attach attach)
            throws IOException {
        byte[] boot = TinyIso.bootImage(4000, 7);
        Path iso = file("rescue.iso", TinyIso.write("RESCUE 2026", boot, 1100));
        try (DiskImage image = FileImage.open(iso)) {
            IderSession session = attach(attach, Map.of(DriveKind.CD, image));

            boot(BootSource.REDIRECTED_CD);

            expect("Booted from the redirected CD");
            assertThat(screen())
                    .contains("Volume      RESCUE 2026")
                    .contains("Boot image  2048000 bytes")
                    .contains("SHA-256     " + sha256(boot))
                    .contains("Sectors     1003 read");
            // the volume, the boot record and the catalogue beside the image
            assertThat(session.statistics().cdBytes()).isEqualTo(1003L * 2048);
            session.close();
            ears.total.join();
        }
        assertThat(ears.heard).contains("attached").contains("ended closed_here");
    }

    @Test
    void aFloppyIsBootedToItsLastSector() throws IOException {
        byte[] floppy = TinyIso.floppy(3);
        try (DiskImage image = FileImage.open(file("floppy.img", floppy))) {
            IderSession session =
                    attach(IderSettings.Attach.AT_ONCE, Map.of(DriveKind.FLOPPY, image));

            boot(BootSource.REDIRECTED_FLOPPY);

            expect("Booted from the redirected floppy");
            assertThat(screen())
                    .contains("Volume      RESCUE")
                    .contains("SHA-256     " + sha256(floppy))
                    .contains("Sectors     2881 read");
            session.close();
            ears.total.join();
        }
    }

    @Test
    void aResetInMidTransferAndAWriteAreBorne() throws IOException {
        rig.close();
        rig = new RedirectionRig(ConsentPolicy.NONE, new DriveExercise(true, true));
        byte[] boot = TinyIso.bootImage(64, 9);
        Path iso = file("rescue.iso", TinyIso.write("RESCUE", boot, 400));
        try (DiskImage image = FileImage.open(iso)) {
            IderSession session = attach(IderSettings.Attach.AT_ONCE, Map.of(DriveKind.CD, image));

            boot(BootSource.REDIRECTED_CD);

            expect("SHA-256     " + sha256(boot));
            session.close();
            IderStatistics total = ears.total.join();
            // one of the exercise, and one more if the restart met the first look at the drives
            assertThat(total.resets()).isBetween(1L, 2L);
            assertThat(total.writesRefused()).isEqualTo(1);
        }
        assertThat(ears.heard).contains("reset");
    }

    @Test
    void anEmptyDriveIsNotBooted() throws IOException {
        try (DiskImage image = FileImage.open(file("floppy.img", TinyIso.floppy(1)))) {
            IderSession session =
                    attach(IderSettings.Attach.AT_ONCE, Map.of(DriveKind.FLOPPY, image));

            boot(BootSource.REDIRECTED_CD);

            expect("Redirected drive: no medium");
            session.close();
            ears.total.join();
        }
    }

    @Test
    void aCdWithoutBootRecordIsSaidToBeNotBootable() throws IOException {
        byte[] iso = TinyIso.write("PLAIN", new byte[0], 40);
        iso[17 * TinyIso.BLOCK + 8] = 'X';
        try (DiskImage image = FileImage.open(file("plain.iso", iso))) {
            IderSession session = attach(IderSettings.Attach.AT_ONCE, Map.of(DriveKind.CD, image));

            boot(BootSource.REDIRECTED_CD);

            expect("the CD has no boot record");
            session.close();
            ears.total.join();
        }
    }

    @Test
    void anImageThatCannotBeReadIsAReadErrorAtTheHost() throws IOException {
        Path iso = file("rescue.iso", TinyIso.write("RESCUE", TinyIso.bootImage(4, 1), 400));
        try (DiskImage image = FileImage.open(iso)) {
            Files.write(iso, new byte[16 * TinyIso.BLOCK]); // it has become shorter
            IderSession session = attach(IderSettings.Attach.AT_ONCE, Map.of(DriveKind.CD, image));

            boot(BootSource.REDIRECTED_CD);

            expect("READ(10) at 16: sense 03/11/00");
            session.close();
            ears.total.join();
        }
    }

    @Test
    void drivesWaitForTheResetTheyAreArmedFor() throws IOException {
        try (DiskImage image =
                FileImage.open(file("a.iso", TinyIso.write("A", TinyIso.bootImage(4, 1), 100)))) {
            IderSession session = attach(IderSettings.Attach.AT_RESET, Map.of(DriveKind.CD, image));

            assertThat(ears.heard).containsExactly("attached");
            assertThat(session.statistics().commands()).isZero();
            boot(BootSource.DEFAULT);

            await().until(() -> session.statistics().commands() > 3);
            session.close();
            ears.total.join();
        }
    }

    @Test
    void theSecondSessionIsBusy() throws IOException {
        try (DiskImage image = FileImage.open(file("a.img", TinyIso.floppy(1)))) {
            IderSession session =
                    attach(IderSettings.Attach.AT_ONCE, Map.of(DriveKind.FLOPPY, image));

            assertThatThrownBy(() -> rig.open(RedirectionKind.IDER).get(10, TimeUnit.SECONDS))
                    .hasMessageContaining("already has a session");

            session.close();
            ears.total.join();
        }
    }

    @Test
    void anImageWithoutAWholeBlockIsRefused() throws IOException {
        try (DiskImage image = FileImage.open(file("a.iso", new byte[100]))) {
            assertThatThrownBy(
                            () ->
                                    IderSession.open(
                                            RedirectionRig.get(rig.open(RedirectionKind.IDER)),
                                            IderSettings.attaching(IderSettings.Attach.AT_ONCE),
                                            Map.of(DriveKind.CD, image),
                                            readers,
                                            ears))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("too short");
        }
    }

    @Test
    void aRealIsoOfXorrisoIsBooted() throws IOException, InterruptedException {
        Path tool = Path.of("/usr/bin/xorriso");
        assumeThat(tool).as("xorriso is not installed").exists();
        byte[] boot = TinyIso.bootImage(16, 5);
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Files.write(tree.resolve("boot.img"), boot);
        Path iso = folder.resolve("real.iso");
        Process made =
                new ProcessBuilder(
                                tool.toString(),
                                "-as",
                                "mkisofs",
                                "-quiet",
                                "-V",
                                "REAL",
                                "-b",
                                "boot.img",
                                "-no-emul-boot",
                                "-boot-load-size",
                                "16",
                                "-o",
                                iso.toString(),
                                tree.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(made.waitFor()).isZero();
        try (DiskImage image = FileImage.open(iso)) {
            IderSession session = attach(IderSettings.Attach.AT_ONCE, Map.of(DriveKind.CD, image));

            boot(BootSource.REDIRECTED_CD);

            expect("SHA-256     " + sha256(boot));
            session.close();
            ears.total.join();
        }
    }

    private IderSession attach(IderSettings.Attach attach, Map<DriveKind, DiskImage> images) {
        return RedirectionRig.get(
                rig.open(RedirectionKind.IDER)
                        .thenCompose(
                                channel ->
                                        IderSession.open(
                                                channel,
                                                IderSettings.attaching(attach),
                                                images,
                                                readers,
                                                ears)));
    }

    private void boot(BootSource source) {
        rig.onDevice(
                () -> {
                    rig.host().machine().nextBoot(new BootPlan(source, false, false, ""));
                    return rig.host().machine().request(PowerAction.RESET);
                });
    }

    private List<String> screen() {
        return rig.onDevice(() -> rig.host().machine().screen().lines());
    }

    private void expect(String text) {
        await().alias(text)
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> screen().stream().anyMatch(line -> line.contains(text)));
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
