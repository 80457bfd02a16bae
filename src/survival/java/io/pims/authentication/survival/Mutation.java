package io.pims.authentication.survival;

import io.pims.authentication.transaction.Claims;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A copy of the packaged service in which one guard is missing from the SQL. The build itself has no switch for that. */
final class Mutation {

    private static final Path JAR = Path.of("quarkus", "transformed-bytecode.jar");

    /** Without it a replica takes over what another one holds a lease on. */
    private static final String GUARD = " AND lease_until <= now()";

    private Mutation() {}

    /** @return the folder of the service without the guard of a claim */
    static Path withoutGuard() {
        Path copy = Site.FOLDER.resolve("mutant").resolve("quarkus-app");
        Folders.copy(Path.of(System.getProperty("quarkus.application.directory")), copy);
        String name = "/" + Claims.class.getName().replace('.', '/') + ".class";
        try (FileSystem jar = FileSystems.newFileSystem(copy.resolve(JAR))) {
            Path file = jar.getPath(name);
            Files.write(file, mutated(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy;
    }

    private static byte[] mutated(byte[] code) {
        ClassReader reader = new ClassReader(code);
        ClassWriter writer = new ClassWriter(0);
        int[] removed = {0};
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public FieldVisitor visitField(
                            int access, String name, String type, String signature, Object value) {
                        return super.visitField(access, name, type, signature, without(value));
                    }

                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String type, String signature, String[] exceptions) {
                        MethodVisitor method = super.visitMethod(access, name, type, signature, exceptions);
                        return new MethodVisitor(Opcodes.ASM9, method) {
                            @Override
                            public void visitLdcInsn(Object value) {
                                super.visitLdcInsn(without(value));
                            }
                        };
                    }

                    private Object without(Object constant) {
                        if (constant instanceof String text && text.contains(GUARD)) {
                            removed[0]++;
                            return text.replace(GUARD, "");
                        }
                        return constant;
                    }
                },
                0);
        if (removed[0] == 0) {
            throw new IllegalStateException(
                    "There is no" + GUARD + " to take out: the experiment has to follow the code");
        }
        return writer.toByteArray();
    }
}
