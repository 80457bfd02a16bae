package io.pims.authentication.architecture.wrong.http;

import io.pims.authentication.architecture.wrong.smscode.Code;

public class Curious {
    Code code;
}
