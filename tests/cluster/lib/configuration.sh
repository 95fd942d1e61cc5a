# From the tables in etc/ to the files that Slurm reads.

nodes() { awk '!/^#/ && NF { print $1 }' "$state/etc/nodes"; }
nodes_of() { awk -v kind="$1" '!/^#/ && $5 == kind { print $1 }' "$state/etc/nodes" | paste -sd,; }

fill() {
  sed -e "s|@STATE@|$state|g" -e "s|@NET@|$net|g" -e "s|@CLUSTER@|$cluster|g" \
    -e "s|@CPU_NODES@|$(nodes_of cpu)|g" -e "s|@GPU_NODES@|$(nodes_of gpu)|g" -e "s|@OLD_NODES@|$(nodes_of old)|g" "$1" |
    sed '/^PartitionName=.* Nodes=\( \|$\)/d' # of a kind of which there are no nodes
}

# configure CONF NODES
configure() {
  local name cpus memory gres kind host=10
  mkdir -p "$state"/{etc,run,log,dev,slurmctld}
  mkdir -m 700 "$state/db"
  cp -- "$2" "$state/etc/nodes"
  [ -z "$1" ] || cp -- "$1" "$state/etc/extra.conf"
  (
    umask 077
    head -c 128 /dev/urandom >"$state/etc/munge.key"
    fill "$here/etc/slurmdbd.conf" >"$state/etc/slurmdbd.conf"
  )
  printf '%s\n' '127.0.0.1 localhost' "$net.1 head" >"$state/etc/hosts"
  : >"$state/etc/gres.conf"
  while read -r name cpus memory gres kind; do
    case $name in '' | '#'*) continue ;; esac
    host=$((host + 1))
    describe_node "$net.$host"
  done <"$state/etc/nodes"
  if [ "$oom" != polling ]; then
    oom=polling
    ! lend_cgroups || oom=cgroup
  fi
  echo "number=$number oom=$oom" >"$state/etc/settings"
  write_slurm_conf
}

# describe_node ADDRESS: its lines in hosts, slurm.conf and gres.conf. slurmd wants device files: links to /dev/null.
describe_node() {
  local gpu type count first=0
  [ "$gres" != - ] || gres=
  mkdir -p "$state/spool/$name"
  echo "$1 $name" >>"$state/etc/hosts"
  echo "NodeName=$name NodeAddr=$1 CPUs=$cpus RealMemory=$memory ${gres:+Gres=$gres }Feature=$kind State=UNKNOWN" >>"$state/etc/nodes.conf"
  for gpu in ${gres//,/ }; do
    # gpu:TYPE:COUNT, or gpu:COUNT
    count=${gpu##*:} type=${gpu#gpu} type=${type%"$count"} type=${type//:/}
    echo "NodeName=$name Name=gpu ${type:+Type=$type }Flags=nvidia_gpu_env" \
      "File=$state/dev/nvidia[$first-$((first + count - 1))]" >>"$state/etc/gres.conf"
    for ((; count > 0; count--, first++)); do ln -sf /dev/null "$state/dev/nvidia$first"; done
  done
}

# Everything that isn't replaced, and then what replaces it: --conf, and over that `set`.
write_slurm_conf() {
  local etc=$state/etc
  touch "$etc/set.conf" "$etc/extra.conf"
  {
    fill "$here/etc/slurm.conf"
    cat "$etc/nodes.conf"
    if [ "$oom" = cgroup ]; then
      echo TaskPlugin=task/cgroup
    else
      printf '%s\n' TaskPlugin=task/none JobAcctGatherParams=OverMemoryKill
    fi
  } | without "$etc/extra.conf" | cat - "$etc/extra.conf" | without "$etc/set.conf" | cat - "$etc/set.conf" >"$etc/slurm.conf.new"
  mv "$etc/slurm.conf.new" "$etc/slurm.conf"
}

# without FILE: stdin less the lines whose key FILE sets too. Nodes and partitions are many, and only added to.
without() {
  awk -F= -v with="$1" '
    BEGIN { while ((getline line < with) > 0) { split(line, part, "="); if (part[1] !~ /^(NodeName|PartitionName)$/) given[tolower(part[1])] = 1 } }
    !(tolower($1) in given)'
}

# Lets the kernel enforce memory limits (OUT_OF_MEMORY) where cgroup v1's memory controller can be written to. Else
# slurmd polls and kills, and the job ends as FAILED 0:9.
#
# slurmd looks for a whole hierarchy with a release_agent, which only a machine's own root has, and names its groups
# after nodes, which several clusters share. So it's shown a folder of links into a group of this cluster's own.
lend_cgroups() {
  local all=/sys/fs/cgroup/memory own node
  own=$all/$cluster
  [ -e "$all/memory.limit_in_bytes" ] && mkdir "$own" 2>/dev/null || return 1
  [ -w "$own/memory.limit_in_bytes" ] || { rmdir "$own"; return 1; }
  mkdir -p "$state/cgroup/memory"
  : >"$state/cgroup/memory/release_agent"
  find "$own" -maxdepth 1 -type f -exec ln -s -t "$state/cgroup/memory" {} +
  for node in $(nodes); do
    mkdir "$own/$node"
    ln -s "$own/$node" "$state/cgroup/memory/slurm_$node"
  done
  printf '%s\n' CgroupPlugin=cgroup/v1 "CgroupMountpoint=$state/cgroup" CgroupAutomount=no ConstrainRAMSpace=yes ConstrainSwapSpace=yes \
    AllowedSwapSpace=0 >"$state/etc/cgroup.conf"
}

return_cgroups() {
  local own=/sys/fs/cgroup/memory/$cluster
  [ -d "$state/cgroup" ] && [ -d "$own" ] || return 0
  within 10 fails grep -q . -r --include=cgroup.procs "$own" || :
  find "$own" -depth -type d -exec rmdir {} + 2>/dev/null || :
}
