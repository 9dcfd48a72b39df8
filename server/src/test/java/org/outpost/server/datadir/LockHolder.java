package org.outpost.server.datadir;

import java.io.IOException;
import java.nio.file.Path;

/** A process that has a data folder until its standard input ends. */
final class LockHolder {
    private LockHolder() {}

    public static void main(String[] arguments) throws DataDirectoryException, IOException {
        try (DataDirectory directory = DataDirectory.open(Path.of(arguments[0]))) {
            System.out.println("has " + directory.folder());
            System.in.readAllBytes();
        }
    }
}
