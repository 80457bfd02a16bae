package io.pims.authentication.architecture.wrong.dispatch;

import io.pims.authentication.architecture.wrong.sandbox.Phone;

class Shortcut {
    Phone[] phones;
}
