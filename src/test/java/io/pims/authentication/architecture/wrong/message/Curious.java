package io.pims.authentication.architecture.wrong.message;

import io.pims.authentication.architecture.wrong.smscode.Code;

public class Curious {
    Code code;
}
