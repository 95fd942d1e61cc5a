using System.Diagnostics;

namespace Expflow.ClusterTests;

/// <summary>A real Slurm cluster that is up (tests/cluster), held by one test at a time.</summary>
public sealed class Cluster(string state)
{
    private static readonly string Script = Path.Combine(Repository.Root, "tests/cluster/cluster");

    /// <summary>Its folder: etc/slurm.conf, log/slurmctld.log, …</summary>
    public string State => state;

    public string SlurmConf => Path.Combine(state, "etc/slurm.conf");

    /// <summary>Whether a job over its memory ends as OUT_OF_MEMORY (the kernel kills it), or as FAILED 0:9 (slurmd polls).</summary>
    public bool KernelKills => File.ReadAllText(Path.Combine(state, "etc/settings")).Contains("oom=cgroup");

    /// <summary>Everything as it was at first: nodes and daemons up, no jobs, no settings or accounts of a test's own.</summary>
    public Task Reset() => Order("reset");

    /// <summary>A node's power cut, or the end of <c>slurmd@NODE</c>, slurmctld, slurmdbd, mariadbd or munged.</summary>
    public Task Stop(string name) => Order("stop", name);

    public Task Start(string name) => Order("start", name);

    /// <summary>A power cut that slurmctld learns of at once, not after half a minute.</summary>
    public async Task PowerCut(string node)
    {
        await Stop(node);
        await Shell($"scontrol update NodeName={node} State=DOWN Reason='power cut'");
    }

    /// <summary>
    /// Lines of slurm.conf, in force when this returns: <c>MaxArraySize=50</c>. Gone with the test. Jobs that have ended
    /// count against MaxJobCount: see <see cref="ForgetFinished"/>.
    /// </summary>
    public Task Set(params string[] pairs) => Order(["set", .. pairs]);

    public Task AddAccount(string name) => Order("account", name);

    /// <summary>Adds a user to an account, or changes it: <c>MaxSubmitJobs=20</c>. Jobs here are root's, in account root.</summary>
    public Task SetUser(string name, string account, params string[] pairs) => Order(["user", name, account, .. pairs]);

    /// <summary>A QOS that root may use: <c>MaxJobsPerUser=2</c>.</summary>
    public Task AddQos(string name, params string[] pairs) => Order(["qos", name, .. pairs]);

    /// <summary>Runs a program on a node, or on 'head'.</summary>
    public async Task<string> Exec(string host, params string[] command) =>
        (await Ended.Of(Clients(new(Script, ["exec", host, .. command])))).Text;

    /// <summary>Runs a line of shell as a client of this cluster would; its output. It must succeed.</summary>
    public async Task<string> Shell(string line) => (await Try(line)).Text;

    /// <summary>Runs a line of shell as a client of this cluster would, however it ends.</summary>
    public Task<Ended> Try(string line) => Ended.Of(Clients(new("bash", ["-c", line])));

    /// <summary>Submits a script of sh behind Expflow's back; the job's id.</summary>
    public async Task<string> Sbatch(string options, string script)
    {
        var start = Clients(new("bash", ["-c", $"sbatch --parsable -o /dev/null {options} --wrap \"$SCRIPT\""]));
        start.Environment["SCRIPT"] = script;
        return (await Ended.Of(start)).Text;
    }

    /// <summary>The states that squeue tells of a job, or of an array's tasks: each once, in order, with blanks between. Empty when it knows the job no more.</summary>
    public async Task<string> StateOf(string job)
    {
        var said = (await Try($"squeue -h -r -t all -j {job} -o %T")).Out;
        return string.Join(' ', said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Order());
    }

    /// <summary>A column of sacct for a job (-X: without its steps), a line for each task; -D shows the ends before a requeue, too.</summary>
    public async Task<string> Sacct(string job, string columns, string options = "") =>
        (await Try($"sacct -X -n -P {options} -j {job} -o {columns}")).Out.TrimEnd();

    /// <summary>Lets a job that runs reach its time limit now. Slurm looks every 30 s.</summary>
    public Task RunOutOfTime(string job) => Shell($"scontrol update JobId={job} EndTime=now+1");

    /// <summary>Has slurmctld forget all jobs that have ended, as it does elsewhere after MinJobAge: takes 10 s. Until then they count against MaxJobCount.</summary>
    public async Task ForgetFinished()
    {
        await Set("MinJobAge=2");
        await Wait.For(
            () => "finished jobs are forgotten",
            async () => await Shell("squeue -h -t CD,F,CA,TO,NF,OOM,PR") == "",
            60,
            Describe
        );
    }

    /// <summary>Waits until squeue tells exactly these states of a job.</summary>
    public async Task WaitForState(string job, string states, double seconds = 60)
    {
        var seen = "";
        await Wait.For(
            () => $"job {job} is {states}, not '{seen}'",
            async () => (seen = await StateOf(job)) == states,
            seconds,
            Describe
        );
    }

    /// <summary>The queue, the nodes that aren't well and the controller's last words: what a test shows when it gives up.</summary>
    public async Task<string> Describe()
    {
        var said = await Try(
            "squeue -r -t all -S -i -o '%.12i %.9P %.20j %.10T %.5M %.20r %N' | head -n 40; sinfo -N -h -o '%N %T' | sort -u"
                + $"; grep -v pmix '{state}/log/slurmctld.log' | tail -n 40"
        );
        return said.All;
    }

    /// <summary>Makes a program that is to be started one of this cluster's clients.</summary>
    public ProcessStartInfo Clients(ProcessStartInfo start)
    {
        start.Environment["SLURM_CONF"] = SlurmConf;
        start.Environment["EXPFLOW_CLUSTER"] = state;
        return start;
    }

    private async Task Order(params string[] command) => _ = (await Ended.Of(Clients(new(Script, command)))).Text;
}
