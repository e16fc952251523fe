using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace Deskly.Calls.Transcription;

public static class TranscriptionSetup
{
    public static IServiceCollection AddTranscription(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AssemblyAiOptions>()
            .Bind(configuration.GetSection("AssemblyAi"))
            .ValidateDataAnnotations()
            .ValidateOnStart();

        services.AddHttpClient<AssemblyAiClient>((provider, http) =>
        {
            var options = provider.GetRequiredService<IOptions<AssemblyAiOptions>>().Value;
            http.BaseAddress = new Uri("https://api.assemblyai.com/v2/");
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(options.ApiKey);
            http.Timeout = Timeout.InfiniteTimeSpan;
        });

        services.AddHostedService<RecordingUploadWorker>();
        return services;
    }
}
