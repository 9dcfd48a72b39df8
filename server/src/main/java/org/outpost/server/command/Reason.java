package org.outpost.server.command;

import tools.jackson.core.JacksonException;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** Why something failed, in words: many exceptions say no more than a file name. */
public final class Reason {
    private Reason() {}

    /** A few words, without the name of the file. */
    public static String of(Exception failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "permission denied";
            case NotDirectoryException _ -> "not a folder";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            case JacksonException e -> e.getOriginalMessage();
            case IOException e when e.getMessage() != null -> e.getMessage();
            default ->
                    Objects.requireNonNullElse(
                            failure.getMessage(), failure.getClass().getSimpleName());
        };
    }
}
