package io.pims.authentication.architecture.wrong.smscode;

import io.pims.authentication.architecture.wrong.message.Curious;

public class Code {
    Curious message;
}
