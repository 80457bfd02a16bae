package io.pims.authentication.facade;

/** Throws checked exceptions where none is declared, as Kotlin does. */
final class Undeclared {

    private Undeclared() {}

    @SuppressWarnings("unchecked")
    static <E extends Throwable> RuntimeException thrown(Throwable checked) throws E {
        throw (E) checked;
    }
}
