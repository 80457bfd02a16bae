package io.pims.authentication.documentation;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The bounds that the annotations of a setting have, in words: {@code 1 to 500.}, {@code At least 2 s.} */
final class Bounds {

    /** The longest first. A unit of one millisecond divides every duration that a setting has. */
    private static final List<Unit> UNITS = List.of(
            new Unit(Duration.ofDays(1), "day", "days"),
            new Unit(Duration.ofHours(1), "hour", "hours"),
            new Unit(Duration.ofMinutes(1), "minute", "minutes"),
            new Unit(Duration.ofSeconds(1), "s", "s"),
            new Unit(Duration.ofMillis(1), "ms", "ms"));

    private Bounds() {}

    private record Unit(Duration length, String one, String several) {}

    /** An amount, and the unit behind it; of no duration, and of none at all, the unit is empty. */
    private record Bound(String amount, String unit) {

        @Override
        public String toString() {
            return (amount + " " + unit).strip();
        }
    }

    /** Returns the sentence; empty if a setting has no bounds. */
    static Optional<String> of(Method setting) {
        Optional<Bound> least = bound(setting, Min.class, min -> number(BigDecimal.valueOf(min.value())))
                .or(() -> bound(setting, DecimalMin.class, min -> number(new BigDecimal(min.value()))))
                .or(() -> bound(
                        setting,
                        DurationMin.class,
                        min -> duration(Duration.ofDays(min.days())
                                .plusHours(min.hours())
                                .plusMinutes(min.minutes())
                                .plusSeconds(min.seconds())
                                .plusMillis(min.millis()))));
        Optional<Bound> most = bound(setting, Max.class, max -> number(BigDecimal.valueOf(max.value())))
                .or(() -> bound(setting, DecimalMax.class, max -> number(new BigDecimal(max.value()))))
                .or(() -> bound(
                        setting,
                        DurationMax.class,
                        max -> duration(Duration.ofDays(max.days())
                                .plusHours(max.hours())
                                .plusMinutes(max.minutes())
                                .plusSeconds(max.seconds())
                                .plusMillis(max.millis()))));
        if (least.isPresent() && most.isPresent()) {
            return Optional.of(both(least.get(), most.get()));
        }
        return least.map(bound -> "At least " + bound + ".").or(() -> most.map(bound -> "At most " + bound + "."));
    }

    /** Two of the same unit have it once. */
    private static String both(Bound least, Bound most) {
        boolean same = Stream.of("", "s").anyMatch(plural -> most.unit().equals(least.unit() + plural));
        return (same ? least.amount() : least) + " to " + most + ".";
    }

    /** At the method, or inside of its {@code Optional}. */
    private static <A extends Annotation> Optional<Bound> bound(
            Method setting, Class<A> type, Function<A, Bound> bound) {
        AnnotatedType returned = setting.getAnnotatedReturnType();
        Stream<AnnotatedElement> inside = returned instanceof AnnotatedParameterizedType generic
                ? Stream.of(generic.getAnnotatedActualTypeArguments())
                : Stream.empty();
        return Stream.concat(Stream.of(setting), inside)
                .flatMap(element -> Optional.ofNullable(element.getAnnotation(type)).stream())
                .findFirst()
                .map(bound);
    }

    private static Bound number(BigDecimal number) {
        return new Bound(grouped(number), "");
    }

    private static Bound duration(Duration duration) {
        if (duration.isZero()) {
            return new Bound("0", "");
        }
        Unit unit = UNITS.stream()
                .filter(candidate -> duration.toMillis() % candidate.length().toMillis() == 0)
                .findFirst()
                .orElseThrow();
        long amount = duration.dividedBy(unit.length());
        return new Bound(grouped(BigDecimal.valueOf(amount)), amount == 1 ? unit.one() : unit.several());
    }

    private static String grouped(BigDecimal number) {
        return new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
    }
}
