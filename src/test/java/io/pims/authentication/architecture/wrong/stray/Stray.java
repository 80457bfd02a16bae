package io.pims.authentication.architecture.wrong.stray;

class Stray {}
