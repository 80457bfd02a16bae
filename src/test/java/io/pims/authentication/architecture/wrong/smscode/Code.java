package io.pims.authentication.architecture.wrong.smscode;

import io.pims.authentication.architecture.wrong.http.Curious;

public class Code {
    Curious message;
}
