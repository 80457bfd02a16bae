package io.pims.authentication.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.vonage.client.messages.MessageRequest;
import com.vonage.client.messages.MessageResponse;
import com.vonage.client.messages.sms.SmsTextRequest;
import com.vonage.client.sms.SmsSubmissionResponse;
import io.pims.authentication.http.Envelope;
import io.pims.authentication.personaldata.Kept;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A native image knows by reflection what it was told of. Quarkus finds the bodies that resources take and the type that
 * they return, but not what is behind {@link Envelope}, nor what the Vonage SDK reads; on the JVM nobody would notice.
 */
class NativeReflectionTest {

    private static final ObjectMapper JACKSON = new ObjectMapper().registerModule(new JavaTimeModule());

    private static final JavaClasses SERVICE =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.pims.authentication");

    private static final Set<String> REGISTERED = registered();

    @Test
    void every_class_that_an_answer_is_made_of_is_registered() {
        Stream<Class<?>> results = SERVICE.stream()
                .filter(type -> !type.getPackageName().endsWith(".sandbox"))
                .filter(type -> type.isRecord() && type.getEnclosingClass().isPresent())
                .filter(type -> type.getEnclosingClass().orElseThrow().isAnnotatedWith(Path.class))
                .map(JavaClass::reflect);
        Stream<Class<?>> kept = SERVICE.stream()
                .filter(type -> type.isAssignableTo(Kept.class) && !type.isInterface())
                .map(JavaClass::reflect);
        List<Class<?>> roots = Stream.of(results, kept, Stream.of(Envelope.class.getPermittedSubclasses()))
                .flatMap(types -> types)
                .toList();

        assertThat(roots).hasSizeGreaterThan(5);
        assertRegistered(roots, true);
    }

    @Test
    void every_class_that_the_Vonage_SDK_reads_an_answer_into_is_registered() {
        assertRegistered(List.of(SmsSubmissionResponse.class, MessageResponse.class), false);
    }

    /** Of the SMS API it is a form, which is made without reflection. */
    @Test
    void every_class_that_the_Vonage_SDK_makes_a_request_of_is_registered() {
        assertRegistered(List.of(SmsTextRequest.class, MessageRequest.class), true);
    }

    private static void assertRegistered(List<Class<?>> roots, boolean written) {
        Set<Class<?>> touched = new HashSet<>();
        roots.forEach(root -> collect(JACKSON.constructType(root), written, touched));

        assertThat(touched).isNotEmpty().allMatch(type -> REGISTERED.contains(type.getName()), "is registered");
    }

    private static void collect(JavaType type, boolean written, Set<Class<?>> touched) {
        type.getBindings().getTypeParameters().forEach(parameter -> collect(parameter, written, touched));
        Class<?> raw = type.getRawClass();
        boolean ours = raw.getName().startsWith("io.pims.") || raw.getName().startsWith("com.vonage.");
        if (!ours || !touched.add(raw)) {
            return;
        }
        var bean = written
                ? JACKSON.getSerializationConfig().introspect(type)
                : JACKSON.getDeserializationConfig().introspect(type);
        bean.findProperties().forEach(property -> collect(property.getPrimaryType(), written, touched));
    }

    private static Set<String> registered() {
        Set<String> registered = new HashSet<>();
        for (JavaClass type : SERVICE) {
            if (type.isAnnotatedWith(RegisterForReflection.class)) {
                RegisterForReflection annotation = type.reflect().getAnnotation(RegisterForReflection.class);
                registered.add(type.getName());
                Stream.of(annotation.targets()).map(Class::getName).forEach(registered::add);
            }
        }
        // Bodies, which Quarkus finds by itself.
        SERVICE.stream()
                .filter(type -> type.isAnnotatedWith(Path.class))
                .flatMap(type -> type.getMethods().stream())
                .flatMap(method -> method.getRawParameterTypes().stream())
                .map(JavaClass::getName)
                .forEach(registered::add);
        return registered;
    }
}
