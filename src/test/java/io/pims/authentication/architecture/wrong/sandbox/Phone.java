package io.pims.authentication.architecture.wrong.sandbox;

import io.pims.authentication.architecture.wrong.smscode.Code;

public class Phone {
    Code code;
}
