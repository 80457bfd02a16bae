package io.pims.authentication.sandbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Keeps a folder to one process; the system takes the lock back when that process dies, however it dies. */
record FolderLock(FileLock lock) {

    static Optional<FolderLock> tryTake(Path folder) throws IOException {
        FileChannel channel = open(folder);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
        }
        return Optional.ofNullable(lock).map(FolderLock::new);
    }

    static FolderLock take(Path folder) throws IOException {
        return new FolderLock(open(folder).lock());
    }

    private static FileChannel open(Path folder) throws IOException {
        Files.createDirectories(folder);
        return FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    void release() throws IOException {
        lock.acquiredBy().close();
    }
}
