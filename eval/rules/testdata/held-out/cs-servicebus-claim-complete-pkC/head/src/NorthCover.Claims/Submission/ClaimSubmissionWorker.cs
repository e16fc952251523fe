using Azure.Messaging.ServiceBus;

namespace NorthCover.Claims.Submission;

public sealed class ClaimSubmissionWorker : BackgroundService
{
    private readonly ServiceBusProcessor _processor;
    private readonly IClaimClearinghouse _clearinghouse;
    private readonly ILogger<ClaimSubmissionWorker> _logger;

    public ClaimSubmissionWorker(
        ServiceBusClient client, IClaimClearinghouse clearinghouse, ILogger<ClaimSubmissionWorker> logger)
    {
        _processor = client.CreateProcessor("claims-837", new ServiceBusProcessorOptions
        {
            AutoCompleteMessages = false,
            MaxConcurrentCalls = 4,
        });
        _clearinghouse = clearinghouse;
        _logger = logger;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _processor.ProcessMessageAsync += OnMessageAsync;
        _processor.ProcessErrorAsync += args =>
        {
            _logger.LogError(args.Exception, "service bus error in {Source}", args.ErrorSource);
            return Task.CompletedTask;
        };
        await _processor.StartProcessingAsync(stoppingToken);
    }

    private async Task OnMessageAsync(ProcessMessageEventArgs args)
    {
        var claim = args.Message.Body.ToObjectFromJson<ProfessionalClaim>();
        try
        {
            await _clearinghouse.SubmitAsync(claim!, controlNumber: args.Message.MessageId, args.CancellationToken);
        }
        catch (HttpRequestException e)
        {
            _logger.LogError(e, "claim {Claim} not submitted", claim!.PatientControlNumber);
        }
        finally
        {
            await args.CompleteMessageAsync(args.Message);
        }
    }
}
