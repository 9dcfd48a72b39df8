package org.outpost.server.datadir;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says what is wrong with a file in words, without its path: messages name that themselves. */
public final class FileProblem {
    private FileProblem() {}

    /** The reason as the end of "cannot read X: …". */
    public static String of(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "this user has no permission";
            case FileAlreadyExistsException _ -> "something else is there under that name";
            case NotDirectoryException _ -> "it is no folder";
            case CharacterCodingException _ -> "it is no text";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default ->
                    failure.getMessage() == null
                            ? failure.getClass().getSimpleName()
                            : failure.getMessage();
        };
    }
}
