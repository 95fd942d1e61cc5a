using static Expflow.Experiments.KeyShape;

namespace Expflow.Experiments;

/// <summary>Every key of an experiment file.</summary>
public static class ExperimentKeys
{
    /// <summary><c>resources</c>.</summary>
    public static readonly KeyTable Resources = new(
        "resources",
        [
            new("cpus", new Whole(1, 100_000), "CPU cores per node."),
            new("memory", new Amount(), "Memory per node: 96G, 98304M, or a number of mebibytes."),
            new("gpus", new Amount(), "GPUs per node: 2, rtx8000:2, or gpu:rtx8000:2."),
            new(
                "gpu_memory",
                new Amount(),
                "Memory of each GPU that a run needs: 10G. In a pool, runs share a GPU only as far as its memory goes."
            ),
            new(
                "walltime",
                new Amount(),
                "How long one attempt may take: 8h, 90m, 08:00:00, 2-00:00:00; a bare number is minutes."
            ),
            new("nodes", new Whole(1, 100_000), "How many nodes."),
            new(
                "account",
                new Text(),
                "The Slurm account. Yours in expflow.yaml beats a template's unless it is pinned."
            ),
            new("partition", new Text(), "The Slurm partition, or several with commas."),
            new("qos", new Text(), "The Slurm quality of service."),
            new("constraint", new Text(), "Node features, as for sbatch --constraint."),
            new(
                "pinned",
                new Truth(),
                "In a template: its account and partition stand, whatever the project's defaults are."
            ),
        ]
    );

    /// <summary><c>slurm</c>.</summary>
    public static readonly KeyTable Slurm = new(
        "slurm",
        [
            new("throttle", new Whole(1, 1_000_000), "At most so many tasks of a job array at once."),
            new(
                "warn",
                new Amount(),
                "How long before the walltime the command gets SIGTERM, so that it can save: 5m. A tenth of the walltime, between 1 and 5 minutes, when left out."
            ),
            new(
                "requeue",
                new Truth(),
                "Whether Slurm may start a run again under the same job id. true when left out and 'retry' has a rule for node_failed, preempted or timed_out."
            ),
            new("directives", new Texts(), "Further #SBATCH lines, one option each: --exclusive."),
            new("gres", new Texts(), "Generic resources beside GPUs: lscratch:200."),
            new("exclude", new Texts(), "Nodes to avoid: node7, node[1-3]."),
        ]
    );

    /// <summary><c>pool</c>.</summary>
    public static readonly KeyTable Pool = new(
        "pool",
        [
            new("name", new Text(), "The pool's name; main when left out."),
            new(
                "allocations",
                new Whole(0, 10_000),
                "How many allocations a submission sees to. Those that are there, started by 'expflow pool start', when left out."
            ),
            new("gres", new Texts(), "GPUs and other resources of one allocation: gpu:rtx8000:8, lscratch:200."),
            new("workers_per_gpu", new Whole(1, 64), "Runs at once on one GPU; 1 when left out."),
            new(
                "workers",
                new Whole(1, 10_000),
                "Runs at once in one allocation. By its GPUs when left out; without GPUs, as many as cores and memory allow."
            ),
            new("max_hours", new Number(), "How many hours an allocation may last."),
            new("cpus", new Whole(1, 100_000), "CPU cores of one allocation."),
            new("memory", new Amount(), "Memory of one allocation: 96G."),
            new("account", new Text(), "The Slurm account."),
            new("partition", new Text(), "The Slurm partition, or several with commas."),
            new("qos", new Text(), "The Slurm quality of service."),
            new("constraint", new Text(), "Node features, as for sbatch --constraint."),
            new("exclude", new Texts(), "Nodes to avoid: node7, node[1-3]."),
            new(
                "idle",
                new Amount(),
                "How long an allocation with nothing to do stays before it is given back: 5m when left out, 0 for not at all."
            ),
            new(
                "stagger",
                new Amount(),
                "How much later than the one before it each allocation begins, so that not all of them read the same files at once: 30s."
            ),
            new("mps", new Truth(), "Whether NVIDIA's MPS runs in each allocation, so that runs share a GPU better."),
            new("throttle", new Whole(1, 10_000), "At most so many allocations at once."),
        ]
    );

    /// <summary><c>container</c> of <c>environment</c>.</summary>
    public static readonly KeyTable Container = new(
        "container",
        [
            new(
                "image",
                new Text(),
                "The image: a file, relative to the project, or an address such as docker://ubuntu."
            ),
            new("binds", new Texts(), "Further folders to show inside: /data, /data:/inside:ro."),
            new("overlays", new Texts(), "Overlay files or folders: packages.ext3:ro."),
            new(
                "gpu",
                new Truth(),
                "Whether GPUs are shown inside (--nv). true when left out and 'gpus' are asked for."
            ),
            new(
                "program",
                new Words("apptainer", "singularity"),
                "The program that runs the image. Whichever is found when left out, apptainer first."
            ),
            new("options", new Texts(), "Further options of 'apptainer exec', one word each: --cleanenv."),
        ]
    );

    /// <summary><c>environment</c>.</summary>
    public static readonly KeyTable Environment = new(
        "environment",
        [
            new("modules", new Texts(), "Modules to load: cuda/11.8.0."),
            new("conda", new Text(), "A conda environment to activate, by name or path."),
            new("venv", new Text(), "The folder of a Python virtual environment to activate."),
            new("setup", new Texts(), "Lines of bash to run before the command."),
            new(
                "container",
                new AnyOf(new Text(), new Table(Container)),
                "A container image to run the command in, by Apptainer or Singularity."
            ),
            new("mps", new Truth(), "Whether NVIDIA's MPS runs beside the command, so that its processes share a GPU."),
            new("variables", new MapOf(new Value()), "Environment variables; placeholders are filled in."),
        ]
    );

    /// <summary>One cause of <c>retry</c>.</summary>
    public static readonly KeyTable RetryRule = new(
        "retry_rule",
        [
            new("times", new Whole(0, 100), "How many further attempts: 1 when left out, 0 for never."),
            new("memory", new Amount(), "What the memory grows by each time: x2."),
            new("walltime", new Amount(), "What the walltime grows by each time: x1.5."),
        ]
    );

    /// <summary><c>retry</c>.</summary>
    public static readonly KeyTable Retry = new(
        "retry",
        [
            new("out_of_memory", new Table(RetryRule), "More memory was used than asked for."),
            new("gpu_out_of_memory", new Table(RetryRule), "More memory of a GPU was needed than there was."),
            new("timed_out", new Table(RetryRule), "The walltime was reached."),
            new(
                "node_failed",
                new Table(RetryRule),
                "The node or the agent died, the GPU did not work, or Slurm could not start the job."
            ),
            new("preempted", new Table(RetryRule), "Slurm took the resources for somebody else."),
            new("failed", new Table(RetryRule), "The command failed by itself."),
        ]
    );

    /// <summary>One source of <c>metrics</c>.</summary>
    public static readonly KeyTable Metrics = new(
        "metrics",
        [
            new(
                "from",
                new Words("stdout", "csv", "json", "jsonl"),
                "Where metrics are read from, beside the file EXPFLOW_METRICS."
            ),
            new(
                "pattern",
                new Text(),
                "For stdout: a regular expression whose named groups are metrics; the group 'step' is the step."
            ),
            new("file", new Text(), "For csv, json and jsonl: the file, relative to the run's folder."),
            new("step", new Text(), "For csv: the column with the step; 'step' when left out."),
            new("required", new Texts(), "Metrics without which a finished run counts as a hole."),
        ]
    );

    /// <summary>One metric of <c>checks</c>.</summary>
    public static readonly KeyTable Check = new(
        "check",
        [
            new("min", new Number(), "No value may be smaller."),
            new("max", new Number(), "No value may be larger."),
            new("finite", new Truth(), "No value may be NaN or infinite."),
            new("varies", new Truth(), "Over a run there must be at least two different values."),
            new("below", new Number(), "Some value must be smaller than this, by the step of 'by'."),
            new("above", new Number(), "Some value must be larger than this, by the step of 'by'."),
            new(
                "by",
                new Whole(0, long.MaxValue),
                "The last step at which 'below' and 'above' may be reached; the end of the run when left out."
            ),
            new(
                "on_fail",
                new Words("flag", "end"),
                "flag: mark the run and go on; end: end it early. flag when left out."
            ),
        ]
    );

    /// <summary>One drawn parameter of <c>random</c>.</summary>
    public static readonly KeyTable Distribution = new(
        "distribution",
        [
            new("uniform", new Bounds(), "Every number between the two alike."),
            new("log_uniform", new Bounds(), "Every order of magnitude between the two alike; both above 0."),
            new("integers", new Bounds(), "Every integer from the first to the second alike, both included."),
            new("choice", new ListOf(new Value()), "Every one of these values alike."),
        ]
    );

    /// <summary><c>random</c>.</summary>
    public static readonly KeyTable Random = new(
        "random",
        [
            new("count", new Whole(1, Sweeps.SweepExpansion.MostPoints), "How many points to draw."),
            new("seed", new Whole(long.MinValue, long.MaxValue), "Another seed, other points; 0 when left out."),
            new(
                "parameters",
                new MapOf(new AnyOf(new Table(Distribution), new ListOf(new Value()), new Text())),
                "What is drawn: a distribution, a list to choose from, or a range of integers such as 2..8."
            ),
        ]
    );

    /// <summary><c>sweep</c>.</summary>
    public static readonly KeyTable Sweep = new(
        "sweep",
        [
            new(
                "grid",
                new MapOf(new OneOrMore(new Value())),
                "Every combination of these values: lists, or ranges such as 0..4 and 0..10 step 2."
            ),
            new(
                "zip",
                new MapOf(new OneOrMore(new Value())),
                "Values that go together: the first of each, the second of each, and so on."
            ),
            new("list", new ListOf(new MapOf(new Value())), "Points written out."),
            new("random", new Table(Random), "Points drawn at random, the same ones each time."),
            new("include", new ListOf(new MapOf(new Value())), "Further points."),
            new(
                "exclude",
                new ListOf(new MapOf(new Value())),
                "Points to leave out: every point that agrees with all that one of these says."
            ),
            new(
                "first",
                new ListOf(new MapOf(new Value())),
                "In a pool: points to run before all others, every point that agrees with all that one of these says."
            ),
        ]
    );

    /// <summary><c>criteria</c> of <c>trial</c>.</summary>
    public static readonly KeyTable TrialCriteria = new(
        "criteria",
        [
            new("gpu_use", new Whole(0, 100), "The GPUs must be busier than this, in percent. 80 when left out."),
            new("time", new Amount(), "Each run must be over sooner: 30m, which is also what holds when left out."),
            new(
                "gpu_memory",
                new Amount(),
                "All runs on a GPU together must stay below: 46G. What the card has when left out."
            ),
        ]
    );

    /// <summary><c>trial</c>.</summary>
    public static readonly KeyTable Trial = new(
        "trial",
        [
            new(
                "workers",
                new OneOrMore(new Whole(1, 32)),
                "How many runs side by side on one GPU are tried. [1, 2, 3] when left out."
            ),
            new(
                "rounds",
                new Whole(1, 100),
                "How many runs each of them carries out one after the other. 2 when left out."
            ),
            new("variants", new Texts(), "The swept parameters that tell variants apart. All but seeds when left out."),
            new(
                "parameters",
                new MapOf(new Value()),
                "Values that fixed parameters have in a trial, to make it short: epochs: 2."
            ),
            new("criteria", new Table(TrialCriteria), "What must hold beside that no run is out of memory."),
        ]
    );

    // What a stage says for itself; an experiment without 'stages' says it at the top.
    private static readonly Key[] OfOneStage =
    [
        new(
            "command",
            new Text(),
            "What to run. Placeholders: a parameter's name, {run.dir}, {run.id}, {code.dir}, {project.dir}, {STAGE.dir}, {flags}, {overrides}, {parameters}."
        ),
        new(
            "uses",
            new AnyOf(new Words("all"), new Texts()),
            "Parameters that the command reads from the file EXPFLOW_PARAMETERS rather than by placeholder; or 'all'."
        ),
        new("outputs", new Texts(), "Files that a success leaves in the run's folder, not empty."),
    ];

    // What an experiment may say for all its stages, and a stage for itself.
    private static readonly Key[] OfAnyStage =
    [
        new(
            "workdir",
            new Words("code", "run"),
            "Where the command starts: in the code, or in the run's own folder. code when left out."
        ),
        new("resources", new Table(Resources), "What a run asks for."),
        new("slurm", new Table(Slurm), "What only Slurm is told."),
        new(
            "progress",
            new Amount(),
            "How long a run may go without new output, metrics or checkpoints before it is ended as hung: 30m. For ever when left out."
        ),
        new("priority", new Whole(0, 1000), "In a pool: runs of higher priority are taken first. 100 when left out."),
        new("environment", new Table(Environment), "What is set up before the command."),
        new("retry", new Table(Retry), "Which endings are tried again, and with what changed."),
        new(
            "metrics",
            new OneOrMore(new Table(Metrics)),
            "Where metrics are read from, for a program that doesn't write EXPFLOW_METRICS."
        ),
        new("checks", new MapOf(new Table(Check)), "What each metric must hold, judged while a run goes on."),
    ];

    /// <summary>One stage of <c>stages</c>.</summary>
    public static readonly KeyTable Stage = new(
        "stage",
        [
            new("needs", new Texts(), "Stages whose runs must be done first."),
            new(
                "per",
                new Texts(),
                "Gathers: one run per distinct assignment of these parameters, on all upstream runs of it."
            ),
            .. OfOneStage,
            .. OfAnyStage,
        ]
    );

    /// <summary>The file itself.</summary>
    public static readonly KeyTable Experiment = new(
        "experiment",
        [
            new("experiment", new Text(), "The experiment's name: letters, digits, '_', '.', '-'; at most 64."),
            new("description", new Text(), "What it is about."),
            new("tags", new Texts(), "Words to find it by."),
            new("extends", new Texts(), "Files to start from, relative to this one. Maps merge deeply, lists replace."),
            new("parameters", new MapOf(new Value()), "Parameters with one value each."),
            new("sweep", new Table(Sweep), "Which points to run."),
            new("stages", new MapOf(new Table(Stage)), "The steps, by name."),
            new("pipelines", new MapOf(new ListOf(new Text())), "Named selections of stages."),
            new("trial", new Table(Trial), "How 'expflow trial' finds out how many runs may share a GPU."),
            .. OfOneStage,
            .. OfAnyStage,
            new(
                "executor",
                new Words("local", "slurm", "pool"),
                "What 'expflow submit' hands the runs to: this machine, job arrays of Slurm, or the workers of a pool. slurm where there is Slurm, else local, when left out."
            ),
            new("pool", new Table(Pool), "With 'executor: pool': which pool, and what its allocations are."),
            new(
                "keep",
                new Words("files", "packed"),
                "files: a folder per run; packed: the outputs of many short runs in few files."
            ),
            new(
                "snapshot",
                new AnyOf(new Words("on", "off"), new Truth()),
                "Whether runs execute from code frozen at submission. on when left out."
            ),
        ]
    );

    /// <summary>The project file, <c>expflow.yaml</c>.</summary>
    public static readonly KeyTable Project = new(
        "project",
        [
            new("project", new Text(), "The project's name."),
            new("description", new Text(), "What it is about."),
            new(
                "resources",
                new Table(Resources),
                "Used where an experiment leaves them open. Your account and partition also beat a template's."
            ),
            new("slurm", new Table(Slurm), "Used where an experiment leaves it open."),
            new("pool", new Table(Pool), "Used by 'expflow pool start', and where an experiment leaves it open."),
            new("environment", new Table(Environment), "Used where an experiment leaves it open."),
            new("retry", new Table(Retry), "Used where an experiment leaves it open."),
        ]
    );
}
