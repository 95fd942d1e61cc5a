using Expflow.Bench;

return args switch
{
    ["generate-metrics", var folder] => GenerateMetrics.Run(folder),
    ["harvest", var folder, var format] => Harvest.Run(folder, format),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Expflow.Bench generate-metrics FOLDER | harvest FOLDER csv|jsonl|parquet");
    return 2;
}
