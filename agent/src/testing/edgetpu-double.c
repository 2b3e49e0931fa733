/*
 * TEST DOUBLE, no Edge TPU: libedgetpu's C API for the agent's tests. It lists one pretended USB device and takes over the
 * nodes of a network that are compiled for the Edge TPU, for which it writes zeros. Its version says what it is, and the
 * agent reports everything that it does as "test-double".
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tensorflow/lite/c/common.h"

static TfLiteStatus write_zeros(TfLiteContext* context, TfLiteNode* node) {
  for (int i = 0; i < node->outputs->size; i++) {
    TfLiteTensor* tensor = &context->tensors[node->outputs->data[i]];
    if (tensor->data.raw != NULL) memset(tensor->data.raw, 0, tensor->bytes);
  }
  return kTfLiteOk;
}

static TfLiteStatus prepare_kernel(TfLiteContext* context, TfLiteNode* node) {
  (void)context;
  (void)node;
  return kTfLiteOk;
}

static TfLiteStatus claim_compiled_nodes(TfLiteContext* context, TfLiteDelegate* delegate) {
  TfLiteIntArray* plan = NULL;
  if (context->GetExecutionPlan(context, &plan) != kTfLiteOk) return kTfLiteError;
  TfLiteIntArray* claimed = malloc(sizeof(TfLiteIntArray) + sizeof(int) * (size_t)plan->size);
  if (claimed == NULL) return kTfLiteError;
  claimed->size = 0;
  for (int i = 0; i < plan->size; i++) {
    TfLiteNode* node = NULL;
    TfLiteRegistration* registration = NULL;
    if (context->GetNodeAndRegistration(context, plan->data[i], &node, &registration) != kTfLiteOk) continue;
    const char* name = registration->custom_name;
    if (name != NULL && strcmp(name, "edgetpu-custom-op") == 0) claimed->data[claimed->size++] = plan->data[i];
  }
  TfLiteRegistration kernel;
  memset(&kernel, 0, sizeof kernel);
  kernel.prepare = prepare_kernel;
  kernel.invoke = write_zeros;
  kernel.custom_name = "TestDoubleOfEdgeTpu";
  kernel.version = 1;
  TfLiteStatus status = context->ReplaceNodeSubsetsWithDelegateKernels(context, kernel, claimed, delegate);
  free(claimed);
  return status;
}

struct edgetpu_device {
  int type;
  const char* path;
};
struct edgetpu_option {
  const char* name;
  const char* value;
};

struct edgetpu_device* edgetpu_list_devices(size_t* count) {
  struct edgetpu_device* device = malloc(sizeof *device);
  if (device == NULL) abort();
  device->type = 1;
  device->path = "/test-double/usb/0";
  *count = 1;
  return device;
}

void edgetpu_free_devices(struct edgetpu_device* devices) { free(devices); }

/* EDGETPU_DOUBLE=abort dies as libedgetpu does on a USB error; =refuse does what it does when the stick is taken. */
TfLiteDelegate* edgetpu_create_delegate(int type, const char* name, const struct edgetpu_option* options, size_t count) {
  (void)type;
  (void)name;
  (void)options;
  (void)count;
  const char* behaviour = getenv("EDGETPU_DOUBLE");
  if (behaviour != NULL && strcmp(behaviour, "abort") == 0) abort();
  if (behaviour != NULL && strcmp(behaviour, "refuse") == 0) return NULL;
  TfLiteDelegate* delegate = calloc(1, sizeof *delegate);
  if (delegate == NULL) abort();
  delegate->Prepare = claim_compiled_nodes;
  delegate->flags = kTfLiteDelegateFlagsAllowDynamicTensors;
  return delegate;
}

void edgetpu_free_delegate(TfLiteDelegate* delegate) { free(delegate); }

const char* edgetpu_version(void) { return "TEST DOUBLE, no Edge TPU"; }
