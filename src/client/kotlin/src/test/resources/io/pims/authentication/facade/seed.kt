pims.get("pims.authentication.smscode",
  mapOf( /* parameters */  
    Pair("type", "resetPIN")
  ) 
) { message -> when (message["status"] as? String) {
      "SUCCEEDED" -> { }                          // handle succeeded status
      "FAILED" ->    { }                          // handle failed status
  } }
