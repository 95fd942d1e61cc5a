using Expflow.Bench;

return args switch
{
    ["generate-metrics", var folder] => GenerateMetrics.Run(folder),
    ["harvest", var folder, var format] => Harvest.Run(folder, format),
    ["spawn"] => Spawn.Run(5000),
    ["spawn", var runs] when int.TryParse(runs, out var number) && number > 0 => Spawn.Run(number),
    ["compare", var binary, var scratch] => new Comparison(binary, scratch, rounds: 5).Run(),
    ["slurm", var binary, var scratch] => new Comparison(binary, scratch, rounds: 5).RunSlurm(),
    ["pool", var binary, var scratch] => new Comparison(binary, scratch, rounds: 5).RunPool(),
    ["queue", var folder, var runs] when int.TryParse(runs, out var number) && number > 0 => Claims.Fill(
        folder,
        number
    ),
    ["claims", var folder] => Claims.Run(folder, 2000),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "Expflow.Bench generate-metrics FOLDER | harvest FOLDER csv|jsonl|parquet | spawn [RUNS] | compare BINARY SCRATCH | slurm BINARY SCRATCH | pool BINARY SCRATCH | claims FOLDER | queue FOLDER RUNS"
    );
    return 2;
}
