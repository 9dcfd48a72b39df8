package org.outpost.server.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

class ImageStoreTest {
    @TempDir private Path folder;
    private Path uploads;
    private Path listed;
    private ImageStore images;

    @BeforeEach
    void folders() throws IOException {
        uploads = folder.resolve("uploads");
        listed = Files.createDirectory(folder.resolve("listed"));
        images = new ImageStore(uploads, listed, 1000, 0);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private Stream<String> names(String tenant) throws IOException {
        return images.all(tenant).stream().map(StoredImage::name);
    }

    @Test
    void whatIsUploadedIsSeenByItsTenantAlone() throws Exception {
        images.put("acme", "rescue.iso", bytes("acme's"));
        images.put("", "tools.iso", bytes("ours"));
        Files.writeString(listed.resolve("all.iso"), "everybody's");

        assertThat(names("acme")).containsExactly("all.iso", "rescue.iso");
        assertThat(names("")).containsExactly("all.iso", "tools.iso");
        assertThat(names("globex")).containsExactly("all.iso");
        assertThat(images.find("globex", "rescue.iso")).isEmpty();
    }

    @Test
    void anUploadComesBeforeTheFileOfTheSameNameAndReplacesTheFormerOne() throws Exception {
        Files.writeString(listed.resolve("a.iso"), "everybody's");
        images.put("", "a.iso", bytes("first"));
        images.put("", "a.iso", bytes("second"));

        StoredImage found = images.find("", "a.iso").orElseThrow();

        assertThat(found.uploaded()).isTrue();
        assertThat(Files.readString(found.path())).isEqualTo("second");
        assertThat(images.remove("", "a.iso")).isTrue();
        assertThat(images.find("", "a.iso").orElseThrow().uploaded()).isFalse();
        assertThat(images.remove("", "a.iso")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x.iso", "/etc/passwd", "a/b", ".x", "x.part", "a b"})
    void whatIsNoNameIsRefused(String name) throws IOException {
        assertThatThrownBy(() -> images.put("", name, bytes("x")))
                .isInstanceOfSatisfying(
                        ImageException.class,
                        e -> assertThat(e.reason()).isEqualTo(ImageException.Reason.NAME));
        assertThat(images.find("", name)).isEmpty();
        assertThat(images.remove("", name)).isFalse();
    }

    @Test
    void linksDoNotLeadOut() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.iso"), "secret");
        Files.createSymbolicLink(listed.resolve("link.iso"), secret);
        Files.createDirectory(listed.resolve("folder.iso"));

        assertThat(images.find("", "link.iso")).isEmpty();
        assertThat(names("")).isEmpty();
    }

    @Test
    void whatIsTooLongOrBreaksOffLeavesNothing() throws Exception {
        images.put("", "a.iso", bytes("former"));
        InputStream breaking =
                new InputStream() {
                    private int left = 10;

                    @Override
                    public int read() throws IOException {
                        return read(new byte[1], 0, 1);
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        if (left-- == 0) {
                            throw new IOException("gone");
                        }
                        return 1;
                    }
                };

        assertThatThrownBy(() -> images.put("", "a.iso", bytes("x".repeat(1001))))
                .isInstanceOfSatisfying(
                        ImageException.class,
                        e -> assertThat(e.reason()).isEqualTo(ImageException.Reason.SIZE));
        assertThatThrownBy(() -> images.put("", "a.iso", bytes("")))
                .isInstanceOf(ImageException.class);
        assertThatThrownBy(() -> images.put("", "a.iso", breaking)).isInstanceOf(IOException.class);

        assertThat(Files.readString(images.find("", "a.iso").orElseThrow().path()))
                .isEqualTo("former");
        try (Stream<Path> files = Files.list(uploads.resolve("_provider"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void whatACrashBrokeOffIsRemovedAndNothingElse() throws Exception {
        images.put("acme", "a.iso", bytes("whole"));
        Path left = Files.writeString(uploads.resolve("acme").resolve(".17.part"), "half");
        Path listedPart = Files.writeString(listed.resolve(".x.part"), "somebody else's");

        images.removeUnfinished();
        new ImageStore(folder.resolve("not-there"), null, 1000, 0).removeUnfinished();

        assertThat(left).doesNotExist();
        assertThat(listedPart).exists();
        assertThat(names("acme")).containsExactly("a.iso");
    }

    @Test
    void anUploadLeavesTheDiskItsRoom() throws Exception {
        ImageStore full = new ImageStore(uploads, null, 1000, Long.MAX_VALUE);

        assertThatThrownBy(() -> full.put("", "a.iso", bytes("x")))
                .isInstanceOfSatisfying(
                        ImageException.class,
                        e -> assertThat(e.reason()).isEqualTo(ImageException.Reason.ROOM));
        assertThat(full.all("")).isEmpty();
    }
}
