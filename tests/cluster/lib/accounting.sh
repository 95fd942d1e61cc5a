# Accounts, users and QOS of a test's own. What is made here is gone after `reset`.

account() { touch "$state/run/accounting" && enter head sacctmgr -i -Q add account "$1" Description="$1" "${@:2}" >/dev/null; }

# qos NAME KEY=VALUE…, for root too
qos() {
  touch "$state/run/accounting"
  enter head sacctmgr -i -Q add qos "$@" >/dev/null
  enter head sacctmgr -i -Q modify user root set qos+="$1" >/dev/null
}

# user NAME ACCOUNT KEY=VALUE…: NAME may be there already, as root is.
user() {
  touch "$state/run/accounting"
  [ -n "$(enter head sacctmgr -nP show assoc user="$1" account="$2" format=User)" ] ||
    enter head sacctmgr -i -Q add user "$1" Account="$2" >/dev/null
  [ $# = 2 ] || enter head sacctmgr -i -Q modify user where name="$1" account="$2" set "${@:3}" >/dev/null
}

forget_accounting() {
  local one
  [ -e "$state/run/accounting" ] || return 0
  enter head sacctmgr -i -Q modify user where name=root account=root \
    set MaxSubmitJobs=-1 MaxJobs=-1 GrpJobs=-1 GrpSubmitJobs=-1 qos=normal DefaultAccount=root >/dev/null || :
  for one in $(enter head sacctmgr -nP show account format=Account); do
    [ "$one" = root ] || enter head sacctmgr -i -Q delete account "$one" >/dev/null || :
  done
  for one in $(enter head sacctmgr -nP show user format=User); do
    [ "$one" = root ] || enter head sacctmgr -i -Q delete user "$one" >/dev/null || :
  done
  for one in $(enter head sacctmgr -nP show qos format=Name); do
    [ "$one" = normal ] || enter head sacctmgr -i -Q delete qos "$one" >/dev/null || :
  done
  rm -f "$state/run/accounting"
}
