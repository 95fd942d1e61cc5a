namespace Expflow.Contract;

/// <summary>The environment variables by which the manager tells a program what it runs as.</summary>
public static class EnvironmentNames
{
    /// <summary>The run's identity: a hash in hexadecimal.</summary>
    public const string RunId = "EXPFLOW_RUN_ID";

    /// <summary>Which execution of the run this is: 1, 2, …</summary>
    public const string Attempt = "EXPFLOW_ATTEMPT";

    /// <summary>The run's folder, an absolute path. Declared outputs are looked for here.</summary>
    public const string RunDirectory = "EXPFLOW_RUN_DIR";

    /// <summary>A JSON file with the run's parameters: one object, typed values.</summary>
    public const string Parameters = "EXPFLOW_PARAMETERS";

    /// <summary>The file to append metrics to, one JSON object a line: <c>{"step": 3, "loss": 0.21}</c>.</summary>
    public const string Metrics = "EXPFLOW_METRICS";

    /// <summary>A folder that outlives the attempt.</summary>
    public const string Checkpoints = "EXPFLOW_CHECKPOINTS";

    /// <summary>When the run will be ended: seconds since 1970-01-01 UTC, as Slurm's <c>SLURM_JOB_END_TIME</c>. Absent without a walltime.</summary>
    public const string Deadline = "EXPFLOW_DEADLINE";

    /// <summary>The attempt's token; only the attempt's owner knows it. Every process of the attempt inherits it.</summary>
    public const string AttemptToken = "EXPFLOW_ATTEMPT_TOKEN";
}
