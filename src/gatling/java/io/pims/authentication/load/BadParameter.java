package io.pims.authentication.load;

/** The run can't begin; the message is one line for whoever started it. */
final class BadParameter extends RuntimeException {

    private static final long serialVersionUID = 1;

    BadParameter(String message) {
        super(message);
    }

    BadParameter(String name, String wanted) {
        super("-D" + name + " is " + wanted);
    }
}
