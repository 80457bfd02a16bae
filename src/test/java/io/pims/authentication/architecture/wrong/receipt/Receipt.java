package io.pims.authentication.architecture.wrong.receipt;

import io.pims.authentication.architecture.wrong.smscode.Code;

class Receipt {
    Code code;
}
